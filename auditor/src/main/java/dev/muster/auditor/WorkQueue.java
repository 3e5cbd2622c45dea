package dev.muster.auditor;

import java.util.LinkedHashSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work by key, one at a time, each key at most once in the queue. Keeps watches free of waiting.
/// Work that throws is kept until [#again()].
final class WorkQueue<K> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);

  private final LinkedHashSet<K> waiting = new LinkedHashSet<>();
  private final LinkedHashSet<K> failed = new LinkedHashSet<>();
  private final Consumer<K> work;
  private final Thread worker;
  private boolean closed;

  WorkQueue(String name, Consumer<K> work) {
    this.work = work;
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

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    worker.interrupt();
  }

  private void run() {
    for (K key = next(); key != null; key = next()) {
      try {
        work.accept(key);
      } catch (RuntimeException | Error e) {
        log.error("work on {} failed and is done again soon", key, e);
        keep(key);
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
