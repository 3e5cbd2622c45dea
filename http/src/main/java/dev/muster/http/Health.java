package dev.muster.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// What `/readyz` and `/healthz` answer. Not ready while any readiness check has a problem, or once
/// draining has begun; not alive while any liveness check has one. A check that throws is a
/// problem.
public final class Health {
  private final Map<String, Check> readiness = new ConcurrentSkipListMap<>();
  private final Map<String, Check> liveness = new ConcurrentSkipListMap<>();
  private volatile boolean draining;

  /// Must be quick: it is asked on each probe.
  @FunctionalInterface
  public interface Check {
    /// Empty when all is well, else what is wrong, in one line.
    Optional<String> problem();
  }

  public Health readiness(String name, Check check) {
    readiness.put(name, check);
    return this;
  }

  public Health liveness(String name, Check check) {
    liveness.put(name, check);
    return this;
  }

  /// From now on not ready; cannot be undone.
  public void drain() {
    draining = true;
  }

  public boolean ready() {
    return !draining && readiness.values().stream().allMatch(each -> ask(each).isEmpty());
  }

  Response readyz() {
    var text = new StringBuilder(draining ? "draining\n" : "");
    return answer(describe(readiness, text) && !draining, text);
  }

  Response healthz() {
    var text = new StringBuilder();
    return answer(describe(liveness, text), text);
  }

  private static Response answer(boolean well, StringBuilder text) {
    return Response.text(well ? 200 : 503, text.append(well ? "ok\n" : "not ok\n").toString());
  }

  private static boolean describe(Map<String, Check> checks, StringBuilder text) {
    boolean well = true;
    for (var each : checks.entrySet()) {
      var problem = ask(each.getValue());
      well &= problem.isEmpty();
      text.append(each.getKey()).append(": ").append(problem.orElse("ok")).append('\n');
    }
    return well;
  }

  private static Optional<String> ask(Check check) {
    try {
      return check.problem();
    } catch (RuntimeException e) {
      return Optional.of("check failed: " + e);
    }
  }
}
