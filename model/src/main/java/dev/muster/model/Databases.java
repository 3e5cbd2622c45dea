package dev.muster.model;

import java.util.List;

/// What to dump.
public sealed interface Databases {
  /// The one database that the workload's environment names.
  record Main() implements Databases {}

  record All() implements Databases {}

  record Named(List<String> names) implements Databases {
    public Named {
      names = List.copyOf(names);
    }
  }
}
