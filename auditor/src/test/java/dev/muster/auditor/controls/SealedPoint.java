package dev.muster.auditor.controls;

import dev.muster.auditor.Policies;
import dev.muster.config.EngineProfile;
import dev.muster.model.PointId;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.EvidenceLog;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.ConsistencyClass;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A recovery point of `shop/db`, signed and stored, changed where a test cares.
final class SealedPoint {
  static final String CLUSTER = "c0ffee00-0000-4000-8000-000000000001";
  private static final WorkloadKey WORKLOAD = WorkloadKey.of("StatefulSet", "shop", "db");
  private static final String ATTEMPT = "a1-00000001";

  private final Instant cut;
  private final RunId run;
  private final PointId point;
  private List<String> streams =
      Policies.PROFILES.find("postgresql").orElseThrow().captures(List.of("")).stream()
          .map(EngineProfile.Capture::stream)
          .map(Object::toString)
          .toList();
  private ConsistencyClass guarantee = ConsistencyClass.APPLICATION;
  private String retention = "7d 4w 12m";
  private List<String> recipients = List.of("age1x");
  private long bytes = 100;
  private Boolean trailer = true;

  SealedPoint(Instant cut) {
    this.cut = cut;
    this.run = RunId.ofSlot(CLUSTER, WORKLOAD, cut);
    this.point = new PointId(cut, run);
  }

  SealedPoint streams(List<String> names) {
    streams = names;
    return this;
  }

  SealedPoint withoutTheLastStream() {
    return streams(streams.subList(0, streams.size() - 1));
  }

  SealedPoint guarantee(ConsistencyClass some) {
    guarantee = some;
    return this;
  }

  SealedPoint retention(String text) {
    retention = text;
    return this;
  }

  SealedPoint recipients(List<String> keys) {
    recipients = keys;
    return this;
  }

  SealedPoint bytes(long number) {
    bytes = number;
    return this;
  }

  SealedPoint withoutTrailer() {
    trailer = false;
    return this;
  }

  SealedPoint in(BackupStore store, SigningKey key) {
    store.putIfAbsent(key(), new ManifestSigner(key).sign(manifest()));
    return this;
  }

  /// A drill on record.
  void drilled(BackupStore store, SigningKey key, Instant at, String outcome, Duration recovery) {
    new EvidenceLog(store, new Keys(CLUSTER), key)
        .append(
            at,
            key(),
            Digests.sha256(new byte[0]),
            "https://muster.dev/drill/v1",
            Map.of("outcome", outcome, "recovery", recovery.toString()));
  }

  private String key() {
    return new Keys(CLUSTER).manifest(WORKLOAD.value(), point.toString());
  }

  private Manifest manifest() {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        new Manifest.Identity(
            CLUSTER,
            "shop",
            "n1",
            "StatefulSet",
            "db",
            "u1",
            WORKLOAD.value(),
            "p1",
            "postgres",
            "postgres:15",
            null,
            "standard",
            retention,
            cut,
            point.toString(),
            run.value(),
            ATTEMPT),
        new Manifest.Consistency(
            guarantee, "dump", cut, cut.plusSeconds(5), Map.of(), List.of(), List.of()),
        new Manifest.Encryption(recipients),
        streams.stream().map(this::stream).toList(),
        List.of(),
        new Manifest.Chain(null, null, cut.plusSeconds(9), Duration.ofSeconds(9), null));
  }

  private Manifest.Stream stream(String name) {
    String key = new Keys(CLUSTER).segment(WORKLOAD.value(), run.value(), ATTEMPT, name, 1);
    return new Manifest.Stream(
        name,
        0,
        trailer,
        bytes,
        "22".repeat(32),
        List.of(new Manifest.Segment(key, 60, "bb".repeat(32))),
        null,
        "postgresql",
        null,
        null,
        null,
        "postgresql",
        "33".repeat(32));
  }
}
