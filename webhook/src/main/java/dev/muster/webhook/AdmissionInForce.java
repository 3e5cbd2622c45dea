package dev.muster.webhook;

import dev.muster.http.Metrics;
import dev.muster.policies.PolicyInForce;
import dev.muster.webhook.admission.Admission;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admission by the configuration and the policy that are mounted, followed as they change.
///
/// What cannot be read, and a policy that fails the self-test, leaves that before in force. It is
/// told once in the log for each reason, and by the gauges `muster_configuration_stale` and
/// `muster_policy_stale` for as long as it lasts.
final class AdmissionInForce implements Supplier<Admission>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionInForce.class);

  /// The kubelet brings a changed ConfigMap within a minute or so.
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Supplier<WebhookRules> mounted;
  private final PolicyInForce policy;
  private final CountDownLatch ended = new CountDownLatch(1);
  private WebhookRules rules;
  private volatile Admission admission;
  private volatile String problem = "";

  private AdmissionInForce(Supplier<WebhookRules> mounted, PolicyInForce policy) {
    this.mounted = mounted;
    this.policy = policy;
    this.rules = mounted.get();
    this.admission = rules.admission(policy.current());
  }

  /// Reads the rules for the first time: what the supplier throws for unreadable ones is thrown.
  static AdmissionInForce following(
      Supplier<WebhookRules> mounted, PolicyInForce policy, Metrics metrics) {
    var inForce = new AdmissionInForce(mounted, policy);
    metrics.gauge("muster.policy.stale", () -> policy.problem().isEmpty() ? 0 : 1);
    metrics.gauge("muster.configuration.stale", () -> inForce.problem.isEmpty() ? 0 : 1);
    Thread.ofVirtual().name("webhook-configuration").start(inForce::follow);
    return inForce;
  }

  @Override
  public Admission get() {
    return admission;
  }

  /// Reads both again.
  synchronized void look() {
    var before = policy.current();
    policy.look();
    if (policy.current() != before) {
      admission = rules.admission(policy.current());
    }
    lookAtRules();
  }

  private void lookAtRules() {
    try {
      var found = mounted.get();
      if (!found.equals(rules)) {
        admission = found.admission(policy.current());
        rules = found;
        LOG.info("configuration changed, in force from now on");
      } else if (!problem.isEmpty()) {
        LOG.info("configuration is readable again and says what is in force");
      }
      problem = "";
    } catch (RuntimeException e) {
      var message = String.valueOf(e.getMessage());
      if (!message.equals(problem)) {
        LOG.error("changed configuration is not readable, the one before stays: {}", message);
      }
      problem = message;
    }
  }

  private void follow() {
    try {
      while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        lookWhateverHappens();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// What is mounted must not end the following of what is mounted later.
  private void lookWhateverHappens() {
    try {
      look();
    } catch (Throwable e) {
      problem = String.valueOf(e.getMessage());
      LOG.error("the look at configuration and policy failed, those before stay", e);
    }
  }

  @Override
  public void close() {
    ended.countDown();
  }
}
