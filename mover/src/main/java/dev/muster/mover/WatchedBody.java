package dev.muster.mover;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of an answer over which nothing may come for too long: the timeout of a request ends
/// with the headers of its answer. Only the wait for the next byte counts, so that whoever reads
/// may take its time.
final class WatchedBody extends FilterInputStream {

  private final Duration silence;
  private long left;

  /// `announced` is how many bytes are to come.
  WatchedBody(InputStream body, Duration silence, long announced) {
    super(body);
    this.silence = silence;
    this.left = announced;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    var unused =
        heard
            .orTimeout(silence.toNanos(), TimeUnit.NANOSECONDS)
            .whenComplete((_, late) -> closeLate(late));
    int count;
    try {
      count = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw heard.isCompletedExceptionally() ? silent(e) : e;
    } finally {
      heard.complete(null);
    }
    if (count < 0 && heard.isCompletedExceptionally() && left > 0) {
      throw silent(null);
    }
    left -= Math.max(count, 0);
    return count;
  }

  /// Ends the read that waits in another thread.
  private void closeLate(@Nullable Throwable late) {
    if (late != null) {
      try {
        in.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private IOException silent(@Nullable IOException cause) {
    return new IOException("no byte came within " + silence, cause);
  }
}
