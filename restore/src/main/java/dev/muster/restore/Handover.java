package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ExecCall;
import dev.muster.cluster.ExecOutcome;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.Json;
import dev.muster.repository.wire.Ticket;
import java.nio.ByteBuffer;
import java.time.Duration;

/// Gives a ticket to the mover of a running restore Pod. It travels through the API server inside
/// TLS and is never an argument, a variable or an object of the cluster.
public final class Handover {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Cluster cluster;

  public Handover(Cluster cluster) {
    this.cluster = cluster;
  }

  /// How it went. Lost says nothing: the mover may have the ticket or not; its end tells.
  public sealed interface Outcome {
    record Delivered() implements Outcome {}

    record Failed(String reason) implements Outcome {}
  }

  public Outcome deliver(ObjectName pod, Ticket ticket) {
    ExecCall call =
        ExecCall.of(
                pod,
                RestorePod.MOVER,
                "/opt/muster/bin/muster",
                "mover",
                "handover",
                "--ticket",
                RestorePod.TICKET)
            .stdin(framed(Json.encode(ticket)))
            .within(LIMIT);
    try {
      return switch (cluster.exec(call)) {
        case ExecOutcome.Ended ended when ended.succeeded() -> new Outcome.Delivered();
        case ExecOutcome.Ended(int code, _, String stderr) ->
            new Outcome.Failed(
                "the hand-over to Pod %s exited %d: %s"
                    .formatted(pod, code, stderr.isBlank() ? "it said nothing" : stderr.strip()));
        case ExecOutcome.Lost(String reason) ->
            new Outcome.Failed("the hand-over to Pod %s was lost: %s".formatted(pod, reason));
      };
    } catch (ClusterException.Forbidden e) {
      return new Outcome.Failed(
          "pods/exec is not allowed in namespace " + pod.namespace() + ": " + e.getMessage());
    } catch (ClusterException.NotFound _) {
      return new Outcome.Failed("Pod " + pod + " is gone");
    }
  }

  private static byte[] framed(byte[] body) {
    return ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body).array();
  }
}
