package dev.muster.repository;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Segments back to plaintext: every segment's digest, age, zstd, then length and digest of the
/// plaintext. Whatever fails is a [StreamException] naming the layer to blame; the end of the
/// stream is only ever returned after every check passed.
public final class StreamReader extends InputStream {

  /// The largest zstd window accepted (32 MiB), so that a crafted frame cannot claim memory.
  private static final int MAX_WINDOW_LOG = 25;

  private static final int BUFFER = 128 * 1024;

  private final VerifiedSegments segments;
  private final long plainBytes;
  private final String plainSha256;
  private final BufferedInputStream compressed;
  private final InputStream plain;
  private final MessageDigest digest = Digests.newSha256();
  private long read;
  private boolean begun;
  private boolean finished;

  private StreamReader(
      VerifiedSegments segments,
      BufferedInputStream compressed,
      InputStream plain,
      long plainBytes,
      String plainSha256) {
    this.segments = segments;
    this.compressed = compressed;
    this.plain = plain;
    this.plainBytes = plainBytes;
    this.plainSha256 = plainSha256;
  }

  /// Opens a stream of known segments under its data key. Reads the first segment's head at once.
  public static StreamReader open(
      List<SegmentFacts> facts,
      SegmentSource source,
      FileKey key,
      long plainBytes,
      String plainSha256)
      throws IOException {
    VerifiedSegments segments = new VerifiedSegments(facts, source);
    try {
      var compressed = new BufferedInputStream(decrypt(segments, key), BUFFER);
      var zstd = new ZstdInputStreamNoFinalizer(compressed);
      zstd.setLongMax(MAX_WINDOW_LOG);
      return new StreamReader(segments, compressed, zstd, plainBytes, plainSha256);
    } catch (IOException | RuntimeException e) {
      segments.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (finished || length == 0) {
      return finished ? -1 : 0;
    }
    int count = readPlain(buffer, offset, length);
    if (count < 0) {
      checkEnd();
      finished = true;
      return -1;
    }
    digest.update(buffer, offset, count);
    read += count;
    if (read > plainBytes) {
      throw new StreamException(
          StreamException.Reason.PLAIN_DIGEST,
          "the plaintext is longer than the " + plainBytes + " bytes of the manifest",
          null);
    }
    return count;
  }

  /// Writes the plaintext to `to`, the last block only when everything was checked: whoever reads
  /// there never sees a damaged stream end as if it were whole. `block` runs after each block.
  public void copyTo(OutputStream to, Runnable block) throws IOException {
    byte[] held = new byte[BUFFER];
    byte[] next = new byte[BUFFER];
    int length = readNBytes(held, 0, BUFFER);
    while (true) {
      int following = readNBytes(next, 0, BUFFER);
      to.write(held, 0, length);
      block.run();
      if (following == 0) {
        return;
      }
      byte[] swap = held;
      held = next;
      next = swap;
      length = following;
    }
  }

  /// Bytes of plaintext returned so far.
  public long plainBytes() {
    return read;
  }

  /// Bytes of ciphertext read so far.
  public long storedBytes() {
    return segments.total();
  }

  @Override
  public void close() throws IOException {
    try {
      plain.close();
    } finally {
      segments.close();
    }
  }

  private int readPlain(byte[] buffer, int offset, int length) throws IOException {
    try {
      if (!begun) {
        refuseNoFrame();
      }
      return plain.read(buffer, offset, length);
    } catch (com.github.luben.zstd.ZstdIOException e) {
      throw blame(segments, StreamException.Reason.DECOMPRESS, "zstd: " + e.getMessage(), e);
    } catch (com.exceptionfactory.jagged.PayloadException e) {
      throw blame(
          segments, StreamException.Reason.DECRYPT, "age refuses a chunk: " + e.getMessage(), e);
    }
  }

  /// To zstd, nothing is a whole stream; here even an empty dump is a frame.
  private void refuseNoFrame() throws IOException {
    compressed.mark(1);
    if (compressed.read() < 0) {
      throw blame(segments, StreamException.Reason.DECOMPRESS, "there is no zstd frame", null);
    }
    compressed.reset();
    begun = true;
  }

  private void checkEnd() throws IOException {
    if (segments.read() >= 0) {
      throw new StreamException(
          StreamException.Reason.DECRYPT, "there is data behind the end of the age file", null);
    }
    String actual = Digests.hex(digest);
    if (read != plainBytes || !actual.equals(plainSha256)) {
      throw new StreamException(
          StreamException.Reason.PLAIN_DIGEST,
          "the plaintext has %d bytes with SHA-256 %s, the manifest says %d and %s"
              .formatted(read, actual, plainBytes, plainSha256),
          null);
    }
  }

  private static InputStream decrypt(VerifiedSegments segments, FileKey key) throws IOException {
    try {
      return AgePayload.open(segments, key);
    } catch (StreamException e) {
      throw e;
    } catch (GeneralSecurityException
        | RuntimeException
        | com.exceptionfactory.jagged.PayloadException e) {
      throw blame(
          segments, StreamException.Reason.DECRYPT, "age refuses the header: " + e.getMessage(), e);
    }
  }

  private static StreamException blame(
      VerifiedSegments segments,
      StreamException.Reason reason,
      String message,
      @Nullable Exception cause)
      throws IOException {
    segments.drainSegment();
    return new StreamException(reason, message, cause);
  }
}
