package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import java.util.HashMap;
import java.util.Map;

/// Asks the policy for verdicts, once for equal facts: of a hundred thousand volumes most are like
/// another. For one thread at a time.
final class Verdicts {
  private static final String ENTRYPOINT = "muster/audit";
  private static final int MOST = 50_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final PolicyEngine policy;
  private final Map<VerdictFacts, Judged> known = new HashMap<>();
  private String digest = "";

  Verdicts(PolicyEngine policy) {
    this.policy = policy;
  }

  /// @param facts one object for all volumes that are alike
  record Judged(VerdictFacts facts, Verdict verdict) {}

  Judged of(VerdictFacts facts) {
    Judged before = known.get(facts);
    return before == null ? ask(facts) : before;
  }

  /// Forgets the answers of another policy. To be called before a round, in which answers of the
  /// same policy belong together.
  void begin() {
    if (!policy.digest().equals(digest) || known.size() > MOST) {
      known.clear();
      digest = policy.digest();
    }
  }

  private Judged ask(VerdictFacts facts) {
    return switch (policy.evaluate(ENTRYPOINT, JSON.valueToTree(facts))) {
      case PolicyOutcome.Decided(var answer) -> {
        Judged judged = new Judged(facts, Verdict.of(answer));
        known.put(facts, judged);
        yield judged;
      }
      // The next round asks again.
      case PolicyOutcome.Broken(var reason) -> new Judged(facts, Verdict.broken(reason));
    };
  }
}
