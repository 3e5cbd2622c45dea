package dev.muster.drill;

import dev.muster.model.DrillSelect;
import dev.muster.model.PointId;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadRef;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.RestoreMessage.MeasuredStream;
import dev.muster.restore.ContainerEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workload `shop/db` with one point of one database.
final class Samples {
  static final String CLUSTER = "c1";
  static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
  static final WorkloadRef WORKLOAD = new WorkloadRef("StatefulSet", "shop", "db", "u1");
  static final RunId RUN = RunId.ofSlot(CLUSTER, WORKLOAD.key(), SLOT);
  static final PointId POINT = new PointId(SLOT, RUN);
  static final String ATTEMPT = "a1-00000001";

  private Samples() {}

  static DrillRequest request() {
    return new DrillRequest(
        CLUSTER,
        WORKLOAD,
        DrillRequest.run("1"),
        DrillSelect.LATEST,
        Optional.of(Duration.ofHours(1)),
        Optional.of(Duration.ofHours(24)));
  }

  static Manifest manifest(Manifest.Probe... probes) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        new Manifest.Identity(
            CLUSTER,
            WORKLOAD.namespace(),
            "n1",
            WORKLOAD.kind(),
            WORKLOAD.name(),
            WORKLOAD.uid(),
            WORKLOAD.key().value(),
            "p1",
            "postgres",
            "muster.test/postgres:15",
            null,
            "standard",
            "7d",
            SLOT,
            POINT.toString(),
            RUN.value(),
            ATTEMPT),
        new Manifest.Consistency(
            Manifest.ConsistencyClass.APPLICATION,
            "pg_export_snapshot",
            SLOT,
            SLOT.plusSeconds(5),
            Map.of(),
            List.of(),
            List.of()),
        new Manifest.Encryption(List.of("age1x")),
        List.of(stream()),
        List.of(probes),
        new Manifest.Chain(null, null, SLOT.plusSeconds(9), Duration.ofSeconds(9), null));
  }

  static Manifest.Stream stream() {
    String key =
        new Keys(CLUSTER).segment(WORKLOAD.key().value(), RUN.value(), ATTEMPT, "db-app", 1);
    return new Manifest.Stream(
        "db-app",
        0,
        null,
        100,
        "aa",
        List.of(new Manifest.Segment(key, 60, "bb")),
        null,
        "postgresql",
        "app",
        null,
        null,
        "postgresql",
        "d1");
  }

  static Manifest.Probe probe(Relation relation, Table... tables) {
    return new Manifest.Probe("db-app", relation, "schema-1", "0/15", List.of(tables));
  }

  static Manifest.Probe probe(Table... tables) {
    return probe(Relation.SAME_SNAPSHOT, tables);
  }

  static Table table(String name, long rows, String hash) {
    return new Table(name, rows, hash);
  }

  static RestoreMessage restored() {
    return new RestoreMessage(
        RestoreMessage.RESTORED, "", "", List.of(new MeasuredStream("db-app", 60, 100, "aa")));
  }

  static RestoreMessage refused(String reason) {
    return new RestoreMessage(
        RestoreMessage.FAILED, reason, "stream db-app: as injected", List.of());
  }

  static ContainerEnd ended(String name) {
    return new ContainerEnd(name, 0, "Completed", "");
  }

  static ContainerEnd failed(String name, int code) {
    return new ContainerEnd(name, code, "Error", "as injected");
  }
}
