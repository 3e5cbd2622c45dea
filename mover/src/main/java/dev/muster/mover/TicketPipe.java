package dev.muster.mover;

import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import dev.muster.repository.wire.Ticket;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where a ticket arrives: a pipe that only this container's user can open, so that the keys in it
/// touch no disk.
final class TicketPipe {

  private static final int LIMIT = 8 * 1024 * 1024;

  private TicketPipe() {}

  /// Waits for one ticket and removes the pipe.
  static Ticket await(Path path, Duration deadline) throws IOException, InterruptedException {
    Fifo.make(path, "rw-------");
    Optional<FileChannel> opened = Fifo.openForReading(path, deadline);
    Files.deleteIfExists(path);
    if (opened.isEmpty()) {
      throw new IOException("no ticket arrived within " + deadline);
    }
    try (InputStream in = Channels.newInputStream(opened.get())) {
      return Json.decode(framed(in), Ticket.class, "the ticket");
    } catch (MalformedException e) {
      // The cause would quote the ticket, which holds keys.
      throw new IOException("the ticket cannot be read");
    }
  }

  /// One body behind its length in four bytes.
  static byte[] framed(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readInt();
    if (length < 1 || length > LIMIT) {
      throw new IOException("a ticket of " + length + " bytes is refused");
    }
    byte[] body = new byte[length];
    int read = data.readNBytes(body, 0, length);
    if (read < length) {
      throw new EOFException("the ticket ended after " + read + " of " + length + " bytes");
    }
    return body;
  }
}
