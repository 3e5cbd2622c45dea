package dev.muster.repository.directory;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A part of a file; that it is shorter than it was when it was opened is no end.
final class FileRange extends FilterInputStream {

  private long left;

  private FileRange(InputStream in, long left) {
    super(in);
    this.left = left;
  }

  static FileRange open(Path file, long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      long rest = Math.max(0, channel.size() - offset);
      channel.position(offset);
      return new FileRange(
          Channels.newInputStream(channel), length < 0 ? rest : Math.min(rest, length));
    } catch (IOException e) {
      channel.close();
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
    if (left == 0) {
      return -1;
    }
    int count = in.read(buffer, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("the file became shorter by " + left + " bytes");
    }
    left -= count;
    return count;
  }
}
