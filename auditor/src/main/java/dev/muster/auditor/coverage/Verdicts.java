package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyMemo;

/// Asks the policy for verdicts.
final class Verdicts {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final PolicyMemo<VerdictFacts, Judged> memo;

  Verdicts(PolicyEngine policy) {
    this.memo =
        new PolicyMemo<>(
            policy,
            "muster/audit",
            JSON::valueToTree,
            (facts, answer) -> new Judged(facts, Verdict.of(answer)));
  }

  /// @param facts one object for all volumes that are alike
  record Judged(VerdictFacts facts, Verdict verdict) {}

  Judged of(VerdictFacts facts) {
    return memo.of(facts, reason -> new Judged(facts, Verdict.broken(reason)));
  }

  /// To be called before a round, in which answers of the same policy belong together.
  void begin() {
    memo.begin();
  }
}
