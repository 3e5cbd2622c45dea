package dev.muster.auditor.schedule;

import java.time.Instant;

/// Calls back once at a time. One timer for each key: a new one replaces the old.
public interface SlotTimer extends AutoCloseable {

  /// Whom to call; late is better than never.
  @FunctionalInterface
  interface Listener {
    void due(String key, Instant slot);
  }

  /// Calls the listener with key and slot at `when`, at once if that has passed.
  void set(String key, Instant slot, Instant when);

  void cancel(String key);

  @Override
  void close();
}
