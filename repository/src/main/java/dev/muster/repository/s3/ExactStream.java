package dev.muster.repository.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A body that ends early is an error, and closing early ends the connection instead of reading on.
/// Where it must be here by some time, one that comes too slowly is an error too.
final class ExactStream extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> body;
  private final long announced;
  private final Optional<Duration> within;
  private final long began = System.nanoTime();
  private long read;
  private boolean ended;

  ExactStream(ResponseInputStream<GetObjectResponse> body, Optional<Duration> within) {
    super(body);
    this.body = body;
    this.within = within;
    Long length = body.response().contentLength();
    this.announced = length == null ? -1 : length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    if (count > 0) {
      read += count;
      requireInTime();
    }
    if (count < 0) {
      ended = true;
      if (announced >= 0 && read != announced) {
        throw new EOFException("the body ended after " + read + " of " + announced + " bytes");
      }
    }
    return count;
  }

  private void requireInTime() throws IOException {
    if (within.isPresent() && System.nanoTime() - began > within.get().toNanos()) {
      throw new InterruptedIOException(
          "only %d of %d bytes came within %s".formatted(read, announced, within.get()));
    }
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 64 * 1024)).length;
  }

  @Override
  public void close() throws IOException {
    if (!ended && read != announced) {
      body.abort();
    }
    super.close();
  }
}
