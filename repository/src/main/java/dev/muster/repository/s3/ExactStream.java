package dev.muster.repository.s3;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// A body that ends early is an error, and closing early ends the connection instead of reading on.
final class ExactStream extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> body;
  private final long announced;
  private long read;
  private boolean ended;

  ExactStream(ResponseInputStream<GetObjectResponse> body) {
    super(body);
    this.body = body;
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
    }
    if (count < 0) {
      ended = true;
      if (announced >= 0 && read != announced) {
        throw new EOFException("the body ended after " + read + " of " + announced + " bytes");
      }
    }
    return count;
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
