package dev.muster.repository;

import java.util.Map;
import java.util.function.Consumer;

/// One way to spoil a repository, and the word by which every reader must refuse the spoilt point
/// or repository.
record Damage(String name, String word, Consumer<Map<String, byte[]>> change) {

  @Override
  public String toString() {
    return name + " → " + word;
  }
}
