package dev.muster.auditor.run;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bodies that the journal holds for a run.
public sealed interface Entry {

  /// The run exists. Written once: whoever plans it again takes the slot and point from here.
  record Planned(
      String runId,
      String point,
      Instant slot,
      String cause,
      String kind,
      String namespace,
      String name,
      String uid,
      String plan,
      String retention,
      Instant plannedAt)
      implements Entry {}

  /// An attempt was begun; its Job may or may not exist. Holds what sealing needs to know.
  record Attempt(
      String attempt,
      Instant startedAt,
      Instant deadline,
      String job,
      Target target,
      String engine,
      String profileDigest,
      List<String> recipients,
      List<Stream> streams)
      implements Entry {

    public Attempt {
      recipients = List.copyOf(recipients);
      streams = List.copyOf(streams);
    }
  }

  /// The Pod whose data is captured.
  record Target(
      String namespaceUid,
      String pod,
      String podUid,
      String address,
      int port,
      String container,
      String image,
      @Nullable String imageDigest) {}

  /// One stream as ordered; the relation is absent without a probe.
  record Stream(
      String name, String database, @Nullable String relation, @Nullable String trailer) {}

  /// An attempt, or with an empty attempt the whole run, failed.
  record Failure(String attempt, String reason, String detail, Instant at) implements Entry {
    static Failure of(String attempt, FailureReason reason, String detail, Instant at) {
      String cut = detail.length() <= 4000 ? detail : detail.substring(0, 4000);
      return new Failure(attempt, reason.word(), cut, at);
    }

    FailureReason why() {
      return FailureReason.of(reason);
    }
  }

  /// The multipart upload of one segment.
  record Upload(String key, String uploadId) implements Entry {}

  /// The manifest was committed.
  record Sealed(String attempt, String manifestSha256, long storedBytes, Instant at)
      implements Entry {}
}
