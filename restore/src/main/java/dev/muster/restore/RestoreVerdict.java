package dev.muster.restore;

import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import dev.muster.repository.wire.RestoreMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the end of a restore Pod says: the mover by its message, the clients by their exit codes.
public sealed interface RestoreVerdict {

  /// @param clients the clients that ended; one that is missing never ended
  record Finished(RestoreMessage mover, List<ContainerEnd> clients) implements RestoreVerdict {
    public Finished {
      clients = List.copyOf(clients);
    }
  }

  /// Nothing can be said about the data.
  record Unfinished(String reason) implements RestoreVerdict {}

  static RestoreVerdict of(PodState state) {
    return switch (state) {
      case PodState.Ended ended -> ended(ended);
      case PodState.Lost(String reason) -> new Unfinished(reason);
      case PodState.Stuck(String reason) -> new Unfinished(reason);
      case PodState.Pending _, PodState.Running _ -> new Unfinished("the Pod has not ended");
    };
  }

  private static RestoreVerdict ended(PodState.Ended ended) {
    Optional<ContainerEnd> mover = ended.container(RestorePod.MOVER);
    List<ContainerEnd> clients =
        ended.containers().stream().filter(end -> !end.name().equals(RestorePod.MOVER)).toList();
    if (mover.isEmpty()) {
      return clients.stream().anyMatch(RestoreVerdict::client)
          ? new Finished(stillWaiting(), clients)
          : new Unfinished(ended.containers().getFirst().text());
    }
    try {
      byte[] words = mover.get().message().getBytes(StandardCharsets.UTF_8);
      RestoreMessage message = Json.decode(words, RestoreMessage.class, "the mover's message");
      return message.restored() && !mover.get().succeeded()
          ? new Unfinished("the mover says restored, but " + mover.get().text())
          : new Finished(message, clients);
    } catch (MalformedException _) {
      return new Unfinished("no word from the mover: " + mover.get().text());
    }
  }

  /// A mover waits for the clients that will not start once their forerunner has failed.
  private static RestoreMessage stillWaiting() {
    return new RestoreMessage(
        RestoreMessage.FAILED, RestoreMessage.CLIENT, "the mover was still waiting", List.of());
  }

  private static boolean client(ContainerEnd end) {
    return !end.name().equals(RestorePod.PIPES);
  }
}
