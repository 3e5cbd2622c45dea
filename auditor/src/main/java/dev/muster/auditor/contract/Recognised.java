package dev.muster.auditor.contract;

import java.util.Optional;
import java.util.Set;

/// The engine that containers show, whether a profile knows it or not.
///
/// @param name empty for none
/// @param container that holds its data
/// @param volumes where it keeps them, by their names in the Pod
/// @param engine where a profile knows it
public record Recognised(
    String name, String container, Set<String> volumes, Optional<Engine> engine) {
  static final Recognised NONE = new Recognised("", "", Set.of(), Optional.empty());

  public Recognised {
    volumes = Set.copyOf(volumes);
  }
}
