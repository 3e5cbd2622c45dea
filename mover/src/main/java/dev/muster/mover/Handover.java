package dev.muster.mover;

import dev.muster.repository.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// `mover handover`, run by exec beside a waiting [Restore]: takes one ticket from standard input
/// and passes it on. Standard input of exec has no end, so the ticket says its length first.
public final class Handover {

  private static final Duration LIMIT = Duration.ofSeconds(45);
  private static final Duration BETWEEN = Duration.ofMillis(100);

  private Handover() {}

  /// Returns the exit code: 0 once the restore has taken the whole ticket.
  public static int run(InputStream stdin, Path ticket) throws InterruptedException {
    try {
      byte[] body = TicketPipe.framed(stdin);
      pass(body, ticket);
      return 0;
    } catch (IOException e) {
      System.err.println("the ticket was not handed over: " + e.getMessage());
      return 1;
    }
  }

  private static void pass(byte[] body, Path ticket) throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(ticket)) {
      if (System.nanoTime() > end) {
        throw new IOException("no restore waits at " + ticket);
      }
      Pause.real().pause(BETWEEN);
    }
    try (FileChannel pipe =
        Fifo.openForWriting(ticket, LIMIT)
            .orElseThrow(() -> new IOException("no restore reads " + ticket))) {
      ByteBuffer framed =
          ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).flip();
      while (framed.hasRemaining()) {
        pipe.write(framed);
      }
    }
  }
}
