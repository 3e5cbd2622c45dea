package dev.muster.auditor.schedule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Work on one key never overlaps; work on another one need not wait.
final class Turns {

  private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

  void take(String key, Consumer<String> work) {
    ReentrantLock turn = turns.computeIfAbsent(key, _ -> new ReentrantLock());
    turn.lock();
    try {
      work.accept(key);
    } finally {
      turn.unlock();
    }
  }
}
