package dev.muster.auditor.inventory;

import java.util.HashMap;
import java.util.Map;

/// Keeps equal values once: most objects of a cluster say the same as thousands of others. Not for
/// several threads.
final class Pool {
  /// Values that everybody invents anew are not worth their place.
  private static final int MOST = 100_000;

  private static final int NAMES = 500_000;

  private final Map<Object, Object> known = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  @SuppressWarnings("unchecked")
  <T> T one(T value) {
    Object before = known.get(value);
    return before == null ? added(value) : (T) before;
  }

  /// One that nobody can change.
  @SuppressWarnings("unchecked")
  Map<String, String> one(Map<String, String> value) {
    Object before = known.get(value);
    return before == null ? added(Map.copyOf(value)) : (Map<String, String>) before;
  }

  /// The name of an object that others name too.
  String name(String name) {
    if (names.size() > NAMES) {
      names.clear();
    }
    String before = names.putIfAbsent(name, name);
    return before == null ? name : before;
  }

  private <T> T added(T value) {
    if (known.size() > MOST) {
      known.clear();
    }
    known.put(value, value);
    return value;
  }
}
