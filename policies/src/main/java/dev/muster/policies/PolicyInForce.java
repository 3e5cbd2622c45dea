package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policy that decides now: a mounted one, followed as it changes, else Muster's own.
///
/// A changed policy that cannot be read, loaded, or passed by its trial leaves the one before. That
/// is told once in the log for each reason, and by [#problem()] for as long as it lasts. Safe for
/// many threads: an evaluation ends with the policy that it began with.
public final class PolicyInForce implements PolicyEngine {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);

  /// What a policy must answer before it decides anything.
  @FunctionalInterface
  public interface Trial {
    /// Throws for a policy that does not answer as it must.
    void of(PolicyEngine candidate);
  }

  /// Looks until a refused policy is tried once more: the reason may have been a busy machine, and
  /// each try takes seconds of a processor.
  private static final int AGAIN = 30;

  private final Optional<Path> folder;
  private final int instances;
  private final Duration limit;
  private final Trial trial;
  private volatile PolicyEngine engine;
  private volatile Optional<String> problem = Optional.empty();
  private String refused = "";
  private int rest;
  private @Nullable PolicyEngine retired;

  private PolicyInForce(
      Optional<Path> folder, int instances, Duration limit, Trial trial, PolicyEngine engine) {
    this.folder = folder;
    this.instances = instances;
    this.limit = limit;
    this.trial = trial;
    this.engine = engine;
  }

  /// This one, for good; it is closed with the result.
  public static PolicyInForce always(PolicyEngine engine) {
    return new PolicyInForce(Optional.empty(), 0, Duration.ZERO, candidate -> {}, engine);
  }

  /// What [PolicyBundle#read(Path)] finds in the folder, compiled here, which takes seconds.
  ///
  /// @throws PolicyException for a folder that holds no policy that can run here; what the trial
  ///   throws is thrown
  public static PolicyInForce mounted(Path folder, int instances, Duration limit, Trial trial) {
    PolicyEngine first = tried(PolicyBundle.read(folder), instances, limit, trial);
    return new PolicyInForce(Optional.of(folder), instances, limit, trial, first);
  }

  private static PolicyEngine tried(
      PolicyBundle bundle, int instances, Duration limit, Trial trial) {
    PolicyEngine candidate = WasmPolicyEngine.load(bundle, instances, limit);
    try {
      trial.of(candidate);
      return candidate;
    } catch (RuntimeException | StackOverflowError e) {
      candidate.close();
      throw e;
    }
  }

  /// The engine of this moment. It is closed some rounds after another took its place, not before
  /// the next [#look()].
  public PolicyEngine current() {
    return engine;
  }

  @Override
  public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
    return engine.evaluate(entrypoint, input);
  }

  @Override
  public String digest() {
    return engine.digest();
  }

  /// Why the mounted policy is not the one in force; empty while it is.
  public Optional<String> problem() {
    return problem;
  }

  /// Reads the folder again, and puts a changed policy in force if it passes the trial. For one
  /// thread that does so now and then, never that of a request.
  public synchronized void look() {
    closeRetired();
    if (folder.isEmpty()) {
      return;
    }
    try {
      PolicyBundle found = PolicyBundle.read(folder.get());
      if (!found.digest().equals(engine.digest())) {
        change(found);
      } else {
        settled();
      }
    } catch (RuntimeException | StackOverflowError e) {
      loud(String.valueOf(e.getMessage()));
    }
  }

  private void change(PolicyBundle found) {
    if (found.digest().equals(refused) && --rest > 0) {
      return;
    }
    refused = found.digest();
    rest = AGAIN;
    PolicyEngine candidate = tried(found, instances, limit, trial);
    retired = engine;
    engine = candidate;
    LOG.info("policy {} in force from now on, instead of {}", digest(), retired.digest());
    settled();
  }

  private void settled() {
    refused = "";
    problem = Optional.empty();
  }

  private void loud(String reason) {
    if (!problem.equals(Optional.of(reason))) {
      LOG.error("changed policy cannot be used, {} stays in force: {}", digest(), reason);
    }
    problem = Optional.of(reason);
  }

  /// Evaluations that began before the change are done a round later.
  private void closeRetired() {
    if (retired != null) {
      retired.close();
      retired = null;
    }
  }

  @Override
  public synchronized void close() {
    closeRetired();
    engine.close();
  }
}
