package dev.muster.webhook;

import dev.muster.http.Request;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets one large body be read at a time: as a tree it takes up to forty times its bytes, and a
/// handful at once would end the process.
final class LargeBodies {
  static final int LARGE = 256 << 10;
  private static final long WAIT_MS = 500;

  private final Semaphore room = new Semaphore(1, true);

  /// @return false when others are at it for too long
  boolean enter(Request request) {
    try {
      return !large(request) || room.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave(Request request) {
    if (large(request)) {
      room.release();
    }
  }

  private static boolean large(Request request) {
    return request.body().length > LARGE;
  }
}
