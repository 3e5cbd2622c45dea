package dev.muster.auditor.coverage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Which points are suspicious: empty, or 90 % below the middle of the good ones before. Pure.
final class Trend {

  private static final int REMEMBERED = 7;

  private Trend() {}

  /// @param sizes plaintext bytes, oldest point first
  static List<Boolean> suspicious(List<Long> sizes) {
    Deque<Long> good = new ArrayDeque<>();
    List<Boolean> found = new ArrayList<>();
    for (long size : sizes) {
      boolean bad = size == 0 || (!good.isEmpty() && size * 10 < middle(good));
      found.add(bad);
      if (!bad) {
        good.addLast(size);
        if (good.size() > REMEMBERED) {
          good.removeFirst();
        }
      }
    }
    return found;
  }

  private static long middle(Deque<Long> sizes) {
    List<Long> sorted = sizes.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
