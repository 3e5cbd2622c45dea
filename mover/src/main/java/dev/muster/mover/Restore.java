package dev.muster.mover;

import dev.muster.repository.Pause;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.Ticket;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// `mover restore`: waits for a ticket, then fills the pipe of each stream as its client opens it.
/// Restored is only said when every stream was read, decoded and handed on with all digests right.
public final class Restore {

  private static final Duration TICKET = Duration.ofMinutes(15);

  /// A client begins when its forerunner is done, and that may build indexes for hours. The Pod's
  /// own deadline is what ends a restore that hangs.
  private static final Duration CLIENT = Duration.ofHours(12);

  /// A store that sends nothing for so long will not go on over this connection.
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private Restore() {}

  /// Runs in `folder`, the shared one of [Pipes], writes the termination message, returns the exit
  /// code.
  public static int run(Map<String, String> environment, Path folder, Path ticket)
      throws InterruptedException {
    RestoreMessage message = message(environment, folder, ticket);
    LastWords.of(environment).say(message);
    return message.restored() ? 0 : 1;
  }

  private static RestoreMessage message(
      Map<String, String> environment, Path folder, Path ticketPath) throws InterruptedException {
    Ticket ticket;
    try {
      ticket = TicketPipe.await(ticketPath, duration(environment, "MUSTER_TICKET_TIMEOUT", TICKET));
    } catch (IOException e) {
      return failed(RestoreMessage.TICKET, String.valueOf(e.getMessage()));
    }
    Optional<String> ca =
        Optional.ofNullable(environment.get("MUSTER_STORE_CA")).filter(pem -> !pem.isBlank());
    try (HttpClient http = Trust.client(ca)) {
      StreamRestore restore =
          new StreamRestore(
              http,
              folder,
              duration(environment, "MUSTER_CLIENT_TIMEOUT", CLIENT),
              duration(environment, "MUSTER_STORE_TIMEOUT", SILENCE),
              Pause.real(),
              new Random());
      RestoreMessage message = all(restore, ticket);
      http.shutdownNow();
      return message;
    }
  }

  private static RestoreMessage all(StreamRestore restore, Ticket ticket)
      throws InterruptedException {
    List<Callable<StreamRestore.End>> tasks = new ArrayList<>();
    ticket.streams().forEach(stream -> tasks.add(() -> restore.restore(stream)));
    List<StreamRestore.End> ends;
    try {
      ends = Together.run(tasks, StreamRestore.End::good);
    } catch (ExecutionException e) {
      return failed(RestoreMessage.STORE, "internal failure: " + e.getCause());
    }
    var measured = ends.stream().map(StreamRestore.End::measured).toList();
    return ends.stream()
        .filter(end -> !end.good())
        .findFirst()
        .map(end -> new RestoreMessage(RestoreMessage.FAILED, end.reason(), end.detail(), measured))
        .orElseGet(() -> new RestoreMessage(RestoreMessage.RESTORED, "", "", measured));
  }

  private static RestoreMessage failed(String reason, String detail) {
    return new RestoreMessage(RestoreMessage.FAILED, reason, detail, List.of());
  }

  private static Duration duration(Map<String, String> environment, String name, Duration normal) {
    return Optional.ofNullable(environment.get(name)).map(Duration::parse).orElse(normal);
  }
}
