package dev.muster.model;

/// Which engine profile a workload asks for.
public sealed interface EngineChoice {
  /// Recognise the engine by image, ports, environment and mounts.
  record Auto() implements EngineChoice {}

  /// The workload says that it runs no engine.
  record None() implements EngineChoice {}

  record Named(String profile) implements EngineChoice {}

  /// As in `muster.dev/engine`.
  default String word() {
    return switch (this) {
      case Auto() -> "auto";
      case None() -> "none";
      case Named(var profile) -> profile;
    };
  }
}
