package dev.muster.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Bytes of something that can be opened anywhere. What was cut is taken up again where it ended,
/// with growing pauses; each byte that comes gives all attempts back.
///
/// Not repeated are a [StreamException], a [RefusedReadException] and an interrupt.
public final class ResumingStream extends InputStream {

  private final String name;
  private final Source source;
  private final Backoff backoff;
  private final Pause pause;
  private final RandomGenerator random;
  private @Nullable InputStream body;
  private long read;
  private int failed;

  /// `name` is for messages. Opens nothing yet.
  public ResumingStream(
      String name, Source source, Backoff backoff, Pause pause, RandomGenerator random) {
    this.name = name;
    this.source = source;
    this.backoff = backoff;
    this.pause = pause;
    this.random = random;
  }

  /// Where the bytes come from.
  public interface Source {

    /// Opens what begins at `offset`. The caller closes it.
    InputStream open(long offset) throws IOException;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        InputStream current = body == null ? source.open(read) : body;
        body = current;
        int count = current.read(buffer, offset, length);
        if (count > 0) {
          read += count;
          failed = 0;
        }
        return count;
      } catch (StreamException | RefusedReadException e) {
        throw e;
      } catch (IOException e) {
        retry(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      body.close();
      body = null;
    }
  }

  private void retry(IOException cause) throws IOException {
    close();
    failed++;
    boolean interrupted =
        cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
    if (failed >= backoff.attempts() || interrupted) {
      throw new IOException(
          "the store cannot be read at %s after %d bytes: %s".formatted(name, read, cause), cause);
    }
    try {
      pause.pause(backoff.wait(failed, random));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + name);
    }
  }
}
