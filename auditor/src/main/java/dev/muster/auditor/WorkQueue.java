package dev.muster.auditor;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work by key, one at a time, each key at most once in the queue. Keeps watches free of waiting.
/// Work that throws is kept until [#again()]. Work that hangs, or a worker that has ended, is a
/// problem that a restart solves.
final class WorkQueue<K> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);

  private final LinkedHashSet<K> waiting = new LinkedHashSet<>();
  private final LinkedHashSet<K> failed = new LinkedHashSet<>();
  private final Consumer<K> work;
  private final Pulse pulse;
  private final Thread worker;
  private boolean closed;

  /// @param limit how long work may go on without a sign that it moves
  WorkQueue(String name, Duration limit, LongSupplier nanos, Consumer<K> work) {
    this.work = work;
    this.pulse = new Pulse(limit, nanos);
    this.worker = Thread.ofVirtual().name(name).start(this::run);
  }

  synchronized void add(K key) {
    waiting.add(key);
    notifyAll();
  }

  /// Puts what failed back into the queue.
  synchronized void again() {
    waiting.addAll(failed);
    failed.clear();
    notifyAll();
  }

  /// The work under way moves. Counts only where the worker itself says so: then it does not hang.
  void moved() {
    if (Thread.currentThread() == worker) {
      pulse.moves();
    }
  }

  /// Empty when all is well.
  synchronized Optional<String> problem() {
    if (closed) {
      return Optional.empty();
    }
    return worker.isAlive() ? pulse.problem() : Optional.of("the worker has ended");
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    worker.interrupt();
  }

  private void run() {
    for (K key = next(); key != null; key = next()) {
      pulse.takes(key);
      try {
        work.accept(key);
      } catch (RuntimeException | Error e) {
        log.error("work on {} failed and is done again soon", key, e);
        keep(key);
      } finally {
        pulse.rests();
      }
    }
  }

  private synchronized void keep(K key) {
    failed.add(key);
  }

  private synchronized @Nullable K next() {
    try {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
    return closed ? null : waiting.removeFirst();
  }
}
