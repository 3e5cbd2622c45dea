package dev.muster.cluster;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/// Keeps the first bytes up to a limit and drains the rest.
final class BoundedOutput extends OutputStream {

  private final int limit;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  BoundedOutput(int limit) {
    this.limit = limit;
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, limit - kept.size()));
  }

  synchronized byte[] bytes() {
    return kept.toByteArray();
  }
}
