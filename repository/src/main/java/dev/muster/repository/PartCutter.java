package dev.muster.repository;

import dev.muster.repository.wire.RunReport.SegmentReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Cuts ciphertext into segments and parts. Each full part is sent on a thread of its own while one
/// more thread hashes whole segments; its buffer is free again when both are done.
final class PartCutter implements AutoCloseable {

  private final long segmentBytes;
  private final PartBuffers buffers;
  private final PartSink sink;
  private final ExecutorService sending =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("part-", 0).factory());
  private final ExecutorService hashing =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("segment-hash").factory());
  private final List<OpenSegment> segments = new ArrayList<>();
  private final Deque<CompletableFuture<Void>> pending = new ArrayDeque<>();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private byte @Nullable [] buffer;
  private int filled;

  PartCutter(long segmentBytes, PartBuffers buffers, PartSink sink) {
    if (segmentBytes / buffers.partBytes() > Sizes.PARTS_PER_UPLOAD) {
      throw new IllegalArgumentException(
          "segments of %d bytes need more than %d parts of %d bytes"
              .formatted(segmentBytes, Sizes.PARTS_PER_UPLOAD, buffers.partBytes()));
    }
    this.segmentBytes = segmentBytes;
    this.buffers = buffers;
    this.sink = sink;
  }

  /// Where ciphertext goes in. Closing it neither sends nor ends anything.
  OutputStream stream() {
    return new Intake();
  }

  /// Bytes that the store acknowledged.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Refuses everything from now on, so that closing the layers above cannot send an end mark.
  void abort() {
    failure.compareAndSet(null, new IOException("the stream was given up"));
  }

  /// Sends the last part, waits for all of them, and says what was stored.
  List<SegmentReport> finish() throws IOException {
    throwFailure();
    if (filled > 0) {
      sendPart();
    }
    try {
      CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throwFailure();
      throw e;
    }
    return segments.stream().map(OpenSegment::report).toList();
  }

  /// Ends what is still under way and gives all buffers back.
  @Override
  public void close() {
    abort();
    sending.shutdownNow();
    sending.close();
    hashing.close();
    if (buffer != null) {
      buffers.give(buffer);
      buffer = null;
    }
  }

  private void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      throwFailure();
      byte[] part = currentBuffer();
      long limit = Math.min(part.length, currentSegment().room(segmentBytes));
      int count = (int) Math.min(limit - filled, length - done);
      System.arraycopy(bytes, offset + done, part, filled, count);
      filled += count;
      done += count;
      if (filled == limit) {
        sendPart();
      }
    }
  }

  private void sendPart() throws IOException {
    byte[] part = currentBuffer();
    int length = filled;
    OpenSegment segment = currentSegment();
    int number = segment.addPart(length);
    buffer = null;
    filled = 0;
    var hashed = async(hashing, () -> segment.hash(part, length));
    var sent = async(sending, () -> send(segment, number, part, length));
    while (!pending.isEmpty() && pending.getFirst().isDone()) {
      pending.removeFirst();
    }
    pending.addLast(CompletableFuture.allOf(hashed, sent).whenComplete((none, e) -> done(part, e)));
  }

  private Void send(OpenSegment segment, int number, byte[] part, int length) throws Exception {
    buffers.lanes().acquire();
    try {
      var digest = Digests.newSha256();
      digest.update(part, 0, length);
      String sha256 = Digests.hex(digest);
      sink.send(segment.number(), number, sha256, ByteBuffer.wrap(part, 0, length));
      segment.acknowledge(number, length, sha256);
      acknowledged.addAndGet(length);
      return null;
    } finally {
      buffers.lanes().release();
    }
  }

  private void done(byte[] part, @Nullable Throwable problem) {
    if (problem != null) {
      Throwable cause = problem.getCause() == null ? problem : problem.getCause();
      failure.compareAndSet(null, cause);
    }
    buffers.give(part);
  }

  private OpenSegment currentSegment() {
    if (segments.isEmpty() || segments.getLast().room(segmentBytes) == 0) {
      segments.add(new OpenSegment(segments.size() + 1));
    }
    return segments.getLast();
  }

  private byte[] currentBuffer() throws IOException {
    byte[] part = buffer;
    if (part == null) {
      try {
        part = buffers.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a part buffer");
      }
      buffer = part;
    }
    return part;
  }

  private void throwFailure() throws IOException {
    Throwable problem = failure.get();
    switch (problem) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IOException("sending a part failed: " + problem, problem);
    }
  }

  private static CompletableFuture<Void> async(ExecutorService executor, Callable<Void> task) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    var unused =
        executor.submit(() -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  private final class Intake extends OutputStream {

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      PartCutter.this.write(bytes, offset, length);
    }
  }
}
