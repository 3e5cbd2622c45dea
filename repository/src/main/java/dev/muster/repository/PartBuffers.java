package dev.muster.repository;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;

/// The memory of all uploads of a process: a fixed number of buffers of one part each, made when
/// first needed, shared by all streams, and a bound on how many are sent at once. Streams wait for
/// a buffer, so memory does not grow with the data or with the number of streams, and a stalled
/// store pauses the producers.
public final class PartBuffers {

  private final int partBytes;
  private final Semaphore unmade;
  private final ArrayBlockingQueue<byte[]> free;
  private final Semaphore lanes;

  /// `buffers` parts of memory, of which at most `lanes` are sent at once.
  public PartBuffers(int partBytes, int buffers, int lanes) {
    this.partBytes = partBytes;
    this.unmade = new Semaphore(buffers);
    this.free = new ArrayBlockingQueue<>(buffers);
    this.lanes = new Semaphore(lanes, true);
  }

  int partBytes() {
    return partBytes;
  }

  byte[] take() throws InterruptedException {
    byte[] ready = free.poll();
    if (ready != null) {
      return ready;
    }
    return unmade.tryAcquire() ? new byte[partBytes] : free.take();
  }

  void give(byte[] buffer) {
    free.add(buffer);
  }

  Semaphore lanes() {
    return lanes;
  }
}
