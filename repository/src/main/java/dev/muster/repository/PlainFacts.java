package dev.muster.repository;

import dev.muster.repository.wire.RunReport.SegmentReport;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Counts and hashes the plaintext beside the thread that reads it, and keeps its first and last
/// bytes. A few blocks rotate; a block is handed out again only when it is hashed.
final class PlainFacts implements AutoCloseable {

  private static final int BLOCKS = 4;
  private static final int KEPT = 4096;

  private record Block(byte[] bytes, CompletableFuture<Void> hashed) {}

  private final ExecutorService hasher =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("plain-hash").factory());
  private final MessageDigest digest = Digests.newSha256();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private byte[] head = new byte[0];
  private byte[] tail = new byte[0];
  private long bytes;

  PlainFacts(int blockBytes) {
    for (int i = 0; i < BLOCKS; i++) {
      blocks.add(new Block(new byte[blockBytes], CompletableFuture.completedFuture(null)));
    }
  }

  byte[] nextBlock() {
    Block oldest = blocks.getFirst();
    oldest.hashed().join();
    return oldest.bytes();
  }

  /// Takes in the block that [#nextBlock] handed out; its bytes must not change until it comes
  /// again.
  void add(byte[] block, int count) {
    bytes += count;
    head = head.length < KEPT ? joined(head, block, 0, Math.min(count, KEPT - head.length)) : head;
    int last = Math.min(count, KEPT);
    byte[] both = joined(tail, block, count - last, last);
    tail = both.length <= KEPT ? both : joined(new byte[0], both, both.length - KEPT, KEPT);
    blocks.removeFirst();
    blocks.addLast(
        new Block(block, CompletableFuture.runAsync(() -> digest.update(block, 0, count), hasher)));
  }

  long bytes() {
    return bytes;
  }

  WrittenStream written(List<SegmentReport> segments) {
    blocks.forEach(block -> block.hashed().join());
    return new WrittenStream(bytes, Digests.hex(digest), head, tail, segments);
  }

  @Override
  public void close() {
    hasher.shutdownNow();
  }

  private static byte[] joined(byte[] first, byte[] second, int offset, int length) {
    byte[] both = new byte[first.length + length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, offset, both, first.length, length);
    return both;
  }
}
