package dev.muster.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A plausible manifest, changed where a test cares.
final class ManifestBuilder {

  static final String CLUSTER = "6f0c8a52-3a53-4c9f-8c6e-1f3f6f3a7b11";
  static final String WORKLOAD = "0123456789abcdef0123456789abcdef";
  static final String RUN = "abcdefghijklmnopqrstuvwxyz";
  static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
  static final String POINT = "20261101T020000Z-" + RUN;

  private String attempt = "a1-00000001";
  private int formatVersion = 1;
  private String workload = WORKLOAD;
  private Instant slot = SLOT;
  private String point = POINT;
  private String runId = RUN;
  private List<Manifest.Segment> segments;
  private List<Manifest.Stream> streams = List.of();
  private List<Manifest.Table> tables = List.of(new Manifest.Table("public.orders", 3, "ab"));

  ManifestBuilder() {
    this.segments = List.of(segment("db-app", 1));
  }

  static Keys keys() {
    return new Keys(CLUSTER);
  }

  static String key() {
    return keys().manifest(WORKLOAD, POINT);
  }

  Manifest.Segment segment(String stream, int number) {
    return new Manifest.Segment(
        keys().segment(WORKLOAD, RUN, attempt, stream, number), 10, "00".repeat(32));
  }

  ManifestBuilder attempt(String value) {
    attempt = value;
    segments = List.of(segment("db-app", 1));
    return this;
  }

  ManifestBuilder formatVersion(int value) {
    formatVersion = value;
    return this;
  }

  ManifestBuilder runId(String value) {
    runId = value;
    return this;
  }

  /// Another run of another workload, whose streams are as given.
  ManifestBuilder of(
      String workloadKey, Instant slotOf, String run, String attemptOf, List<Manifest.Stream> its) {
    workload = workloadKey;
    slot = slotOf;
    point = Keys.point(slotOf, run);
    runId = run;
    attempt = attemptOf;
    streams = its;
    return this;
  }

  ManifestBuilder segments(Manifest.Segment... value) {
    segments = List.of(value);
    return this;
  }

  ManifestBuilder tables(List<Manifest.Table> value) {
    tables = value;
    return this;
  }

  Manifest build() {
    return new Manifest(
        formatVersion,
        new Manifest.Identity(
            CLUSTER,
            "shop",
            "ns-uid",
            "StatefulSet",
            "db",
            "uid",
            workload,
            "pod-uid",
            "postgres",
            "postgres:15",
            "sha256:" + "11".repeat(32),
            "standard",
            "7d 4w 12m",
            slot,
            point,
            runId,
            attempt),
        new Manifest.Consistency(
            Manifest.ConsistencyClass.APPLICATION,
            "pg_dump with an exported snapshot",
            SLOT.plusSeconds(5),
            SLOT.plusSeconds(65),
            Map.of("lsn", "0/16B3748"),
            List.of(),
            List.of()),
        new Manifest.Encryption(List.of("age1example")),
        streams.isEmpty() ? List.of(stream()) : streams,
        List.of(
            new Manifest.Probe(
                "db-app", Manifest.Relation.SAME_SNAPSHOT, "44".repeat(32), "0/16B3748", tables)),
        new Manifest.Chain(
            null, null, SLOT.plusSeconds(70), Duration.ofMillis(64_500), Duration.ofMillis(-20)));
  }

  private Manifest.Stream stream() {
    return new Manifest.Stream(
        "db-app",
        0,
        null,
        100,
        "22".repeat(32),
        segments,
        null,
        "postgresql",
        "app",
        "pg_dump 15.8",
        "15.8",
        "postgresql",
        "33".repeat(32));
  }
}
