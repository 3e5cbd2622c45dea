package dev.muster.model;

import java.util.List;
import java.util.Optional;

/// What to dump.
public sealed interface Databases {
  /// The names; an empty name is the one that the environment names. Empty where only the server
  /// knows them.
  default Optional<List<String>> known() {
    return switch (this) {
      case Main() -> Optional.of(List.of(""));
      case Named(var names) -> Optional.of(names);
      case All() -> Optional.empty();
    };
  }

  /// The one database that the workload's environment names.
  record Main() implements Databases {}

  record All() implements Databases {}

  record Named(List<String> names) implements Databases {
    public Named {
      names = List.copyOf(names);
    }
  }
}
