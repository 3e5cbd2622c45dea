package dev.muster.webhook.admission;

import dev.muster.webhook.patch.Patch;
import java.util.List;
import java.util.Optional;

/// What was decided about one review.
public sealed interface Outcome {
  /// @param patch proven to apply; empty for no change
  /// @param denial why the request is refused
  /// @param rules the ids of the rules that spoke
  record Decided(Patch patch, List<String> warnings, Optional<String> denial, List<String> rules)
      implements Outcome {
    public Decided {
      warnings = List.copyOf(warnings);
      rules = List.copyOf(rules);
    }
  }

  /// None of ours, for this reason out of a small fixed set.
  record NotApplicable(String reason) implements Outcome {}

  /// Could not be judged: allowed unchanged, with a warning.
  record Broken(String reason) implements Outcome {}
}
