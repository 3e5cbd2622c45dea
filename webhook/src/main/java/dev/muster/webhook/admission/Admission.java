package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfiles;
import dev.muster.config.HookTable;
import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import dev.muster.model.VeleroHooks;
import dev.muster.policies.AdmissionRuling;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import dev.muster.webhook.patch.AnnotationPatch;
import dev.muster.webhook.patch.Annotations;
import dev.muster.webhook.patch.Applied;
import dev.muster.webhook.patch.Patch;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides reviews: filters, projects, asks the policy, and turns its ruling into a patch that is
/// known to apply. Whatever goes wrong on the way leaves the request as it was.
public final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final String ENTRYPOINT = "muster/admission";

  private final Filter filter;
  private final Projection projection;
  private final HookTable hooks;
  private final PolicyEngine policy;

  public Admission(Configuration configuration, EngineProfiles profiles, PolicyEngine policy) {
    this.filter = new Filter(configuration);
    this.projection = new Projection(configuration, profiles);
    this.hooks = profiles.hooks();
    this.policy = policy;
  }

  /// Of the policy that it asks.
  public String policyDigest() {
    return policy.digest();
  }

  /// @param today for waivers, which run out
  public Outcome review(Review review, Stage stage, Level level, LocalDate today) {
    var passes = filter.passes(review);
    if (passes.isPresent()) {
      return new Outcome.NotApplicable(passes.get());
    }
    try {
      return switch (policy.evaluate(ENTRYPOINT, asked(review, stage, level, today))) {
        case PolicyOutcome.Decided decided ->
            decide(
                review,
                stage,
                AdmissionRuling.read(decided.value(), review.kind(), hooks::command));
        case PolicyOutcome.Broken broken -> new Outcome.Broken(broken.reason());
      };
    } catch (IllegalArgumentException e) {
      return new Outcome.Broken(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("a review of {} {}/{} failed", review.kind(), review.namespace(), review.name(), e);
      return new Outcome.Broken("internal error " + e.getClass().getSimpleName());
    }
  }

  /// What the policy is asked about a review: `docs/reference/admission-policy.md`.
  public ObjectNode asked(Review review, Stage stage, Level level, LocalDate today) {
    return projection.of(review, stage, level, today);
  }

  /// All that it answers, of which a stage uses its part.
  public PolicyOutcome answered(ObjectNode asked) {
    return policy.evaluate(ENTRYPOINT, asked);
  }

  private static Outcome decide(Review review, Stage stage, AdmissionRuling ruling) {
    return switch (stage) {
      case MUTATE -> mutate(review, ruling);
      case VALIDATE -> Denials.of(review, ruling);
    };
  }

  private static Outcome mutate(Review review, AdmissionRuling ruling) {
    var object = review.object().orElseThrow();
    var wanted = wanted(review, ruling);
    var patch = patch(review, object, wanted);
    var rules =
        Stream.concat(
            ruling.set().stream().map(AdmissionRuling.Setting::rule),
            ruling.warn().stream().map(AdmissionRuling.Message::rule));
    return switch (patch.apply(object)) {
      case Applied.Refused refused ->
          new Outcome.Broken("own patch does not apply: " + refused.reason());
      case Applied.To to when !patch.isEmpty() && Annotations.tooLarge(to.document()) ->
          new Outcome.Broken("its annotations leave no room for the contract");
      case Applied.To to ->
          new Outcome.Decided(
              patch,
              warnings(review, patch.isEmpty() ? Map.of() : wanted, ruling.warn()),
              Optional.empty(),
              rules.distinct().toList());
    };
  }

  /// What the policy sets and the user has not said.
  private static Map<String, String> wanted(Review review, AdmissionRuling ruling) {
    var annotations = review.annotations();
    var managed = Managed.of(annotations);
    var wanted = new TreeMap<String, String>();
    for (var each : ruling.set()) {
      var text = annotations.get(each.key());
      if (!review.annotated(each.key()) || (text != null && managed.wrote(each.key(), text))) {
        wanted.put(each.key(), each.value());
      }
    }
    return VeleroHooks.beside(annotations, wanted);
  }

  private static Patch patch(Review review, JsonNode object, Map<String, String> wanted) {
    var annotations = review.annotations();
    if (review.updates() && annotations.containsKey(ContractKey.MANAGED.annotation())) {
      // From here on the auditor keeps the managed keys: it sees the namespace, we do not.
      return new Patch(List.of());
    }
    var before = Managed.of(annotations);
    var set = new TreeMap<>(wanted);
    var gone = new ArrayList<String>();
    var after = Managed.none();
    for (var each : wanted.entrySet()) {
      after = after.with(each.getKey(), each.getValue());
    }
    for (var key : before.digests().keySet()) {
      var value = annotations.get(key);
      if (value != null
          && AdmissionRuling.ours(key)
          && before.wrote(key, value)
          && !wanted.containsKey(key)) {
        gone.add(key);
      }
    }
    if (wanted.isEmpty()) {
      gone.add(ContractKey.MANAGED.annotation());
    } else if (!after.digests().equals(before.digests())) {
      var decision = DecisionId.of(review.uid(), Stage.MUTATE);
      set.put(ContractKey.MANAGED.annotation(), after.decidedBy(decision).text());
    }
    return AnnotationPatch.of(object, set, gone);
  }

  private static List<String> warnings(
      Review review, Map<String, String> written, List<AdmissionRuling.Message> warn) {
    var texts = new ArrayList<String>();
    if (!written.isEmpty() && !review.kind().equals("Pod")) {
      texts.add(
          written.entrySet().stream()
              .map(each -> each.getKey().replace(ContractKey.PREFIX, "") + "=" + each.getValue())
              .collect(Collectors.joining(", ", "set ", "")));
    }
    warn.forEach(each -> texts.add(each.text()));
    return texts;
  }
}
