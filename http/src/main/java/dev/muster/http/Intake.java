package dev.muster.http;

import io.vertx.core.buffer.Buffer;

/// Collects one body within its bounds. Runs on one event loop, so it needs no lock.
///
/// The budget is taken by bytes that came, not by the length announced: a promise costs nothing to
/// make. Bytes beyond a bound are read and dropped, so that the caller reads its answer instead of
/// a reset connection; only a body beyond [#DROP_LIMIT] is cut off.
final class Intake {
  static final int OVERLOAD_HEAD = 4096;
  static final long DROP_LIMIT = 32L << 20;

  enum State {
    COLLECTING,
    TOO_LARGE,
    OVERLOADED
  }

  private final Budget budget;
  private final int limit;
  private Buffer body = Buffer.buffer();
  private State state = State.COLLECTING;
  private boolean entered;
  private long taken;
  private long seen;

  Intake(Budget budget, int limit, long announced) {
    this.budget = budget;
    this.limit = limit;
    this.entered = budget.enter();
    if (announced > limit) {
      state = State.TOO_LARGE;
    } else if (!entered) {
      state = State.OVERLOADED;
    }
  }

  /// @return false when the caller has sent so much that its connection is to be closed
  boolean add(Buffer chunk) {
    seen += chunk.length();
    if (state == State.COLLECTING && seen > limit) {
      state = State.TOO_LARGE;
    } else if (state == State.COLLECTING && seen > taken && !reserve(seen - taken)) {
      state = State.OVERLOADED;
      cut();
    }
    if (state == State.COLLECTING) {
      body.appendBuffer(chunk);
    } else if (state == State.OVERLOADED && body.length() < OVERLOAD_HEAD) {
      body.appendBuffer(chunk.slice(0, Math.min(chunk.length(), OVERLOAD_HEAD - body.length())));
    }
    return seen <= DROP_LIMIT;
  }

  State state() {
    return state;
  }

  byte[] bytes() {
    return body.getBytes();
  }

  /// Returns what was taken from the budget; harmless when called again.
  void release() {
    budget.give(taken);
    taken = 0;
    if (entered) {
      budget.leave();
      entered = false;
    }
  }

  private boolean reserve(long amount) {
    if (!budget.take(amount)) {
      return false;
    }
    taken += amount;
    return true;
  }

  /// Keeps only the head, and gives back what the rest had taken.
  private void cut() {
    body = Buffer.buffer(body.getBytes(0, Math.min(body.length(), OVERLOAD_HEAD)));
    budget.give(taken);
    taken = 0;
  }
}
