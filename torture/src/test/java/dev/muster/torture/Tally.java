package dev.muster.torture;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// How many cases ended how.
final class Tally {

  final AtomicInteger whole = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  private final Queue<String> falseSuccesses = new ConcurrentLinkedQueue<>();
  private final Queue<String> lost = new ConcurrentLinkedQueue<>();

  /// `good`: nothing was done to this one that forbids success.
  void add(long seed, boolean good, Judge.Word word) {
    switch (word) {
      case Judge.Word.Whole() when good -> whole.incrementAndGet();
      case Judge.Word.Whole() -> falseSuccess(seed, "sealed although it must not be");
      case Judge.Word.Absent() -> refused.incrementAndGet();
      case Judge.Word.False(String why) -> falseSuccess(seed, why);
    }
  }

  void falseSuccess(long seed, String why) {
    falseSuccesses.add("seed " + seed + ": " + why);
  }

  /// An untouched case that did not succeed: the torture would prove nothing.
  void lost(long seed, String why) {
    lost.add("seed " + seed + ": " + why);
  }

  int cases() {
    return whole.get() + refused.get() + falseSuccesses.size();
  }

  List<String> falseSuccesses() {
    return List.copyOf(falseSuccesses);
  }

  List<String> lost() {
    return List.copyOf(lost);
  }
}
