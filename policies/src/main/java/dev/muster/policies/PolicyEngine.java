package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;

/// Evaluates the compiled policy. Safe for many threads; evaluates on the caller's thread.
public interface PolicyEngine extends AutoCloseable {
  /// Evaluates one entrypoint (`muster/admission`, `muster/audit`). Never throws for what a policy
  /// or its input does: a trap, an undefined result or a passed deadline is [PolicyOutcome.Broken].
  PolicyOutcome evaluate(String entrypoint, JsonNode input);

  /// SHA-256 of the compiled policy, in hex.
  String digest();

  /// Ends what it holds; evaluations after that are broken.
  @Override
  default void close() {}
}
