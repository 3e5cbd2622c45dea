package dev.muster.auditor.contract;

import java.util.List;
import java.util.Optional;

/// The engine that containers show, whether a profile knows it or not.
///
/// @param name empty for none
/// @param container that holds its data
/// @param directories where its images keep data
/// @param engine where a profile knows it
public record Recognised(
    String name, String container, List<String> directories, Optional<Engine> engine) {
  static final Recognised NONE = new Recognised("", "", List.of(), Optional.empty());

  public Recognised {
    directories = List.copyOf(directories);
  }
}
