package dev.muster.cli;

import dev.muster.model.WorkloadKey;
import dev.muster.repository.AgeIdentity;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.MarkedBackupStore;
import dev.muster.repository.PartBuffers;
import dev.muster.repository.Sealer;
import dev.muster.repository.SigningKey;
import dev.muster.repository.StreamSettings;
import dev.muster.repository.StreamWriter;
import dev.muster.repository.WrittenStream;
import dev.muster.repository.directory.DirectoryBackupStore;
import dev.muster.repository.wire.RunReport.StreamReport;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Points in a directory, written by the same classes as in a cluster.
final class StoredPoint {

  static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
  static final String RUN = "abcdefghijklmnopqrstuvwxyz";
  static final String POINT = Keys.point(SLOT, RUN);

  private static final String ATTEMPT = "a1-00000001";
  private static final String WORKLOAD = WorkloadKey.of("StatefulSet", "shop", "db").value();

  final AgeIdentity identity = AgeIdentity.generate();
  final SigningKey signing = SigningKey.generate();
  private final BackupStore store;

  StoredPoint(Path root) {
    this.store = new MarkedBackupStore(DirectoryBackupStore.open(root));
  }

  /// Seals a point of these streams.
  void seal(String cluster, Map<String, byte[]> plain) throws Exception {
    Keys keys = new Keys(cluster);
    Sealer sealer = new Sealer(store, keys, new ManifestSigner(signing));
    List<Manifest.Stream> streams = new ArrayList<>();
    for (var each : plain.entrySet()) {
      streams.add(stored(keys, sealer, each.getKey(), each.getValue()));
    }
    var sealed = sealer.commit(manifest(cluster, streams));
    if (!(sealed instanceof Sealer.Sealing.Sealed)) {
      throw new AssertionError(sealed);
    }
  }

  private Manifest.Stream stored(Keys keys, Sealer sealer, String name, byte[] plain)
      throws Exception {
    Map<Integer, String> uploads = new HashMap<>();
    WrittenStream written =
        new StreamWriter(
                new StreamSettings(List.of(identity.recipient()), 20_000, 3),
                new PartBuffers(10_000, 1, 1))
            .write(
                new ByteArrayInputStream(plain),
                (segment, part, sha256, bytes) -> {
                  String key = keys.segment(WORKLOAD, RUN, ATTEMPT, name, segment);
                  String upload = uploads.computeIfAbsent(segment, _ -> store.createUpload(key));
                  byte[] copy = new byte[bytes.remaining()];
                  bytes.get(copy);
                  store.putPart(key, upload, part, copy, sha256);
                },
                (_, _) -> {});
    var report =
        new StreamReport(
            name, written.plainBytes(), written.plainSha256(), null, written.segments());
    var completed =
        (Sealer.Completion.Stored)
            sealer.complete(
                new Sealer.Attempt(WORKLOAD, RUN, ATTEMPT),
                report,
                (_, segment) -> Optional.ofNullable(uploads.get(segment)));
    return new Manifest.Stream(
        name,
        0,
        null,
        written.plainBytes(),
        written.plainSha256(),
        completed.segments(),
        completed.partList(),
        "postgresql",
        "app",
        "pg_dump 15.8",
        "15.8",
        "postgresql",
        "33".repeat(32));
  }

  private Manifest manifest(String cluster, List<Manifest.Stream> streams) {
    return new Manifest(
        Manifest.FORMAT_VERSION,
        new Manifest.Identity(
            cluster,
            "shop",
            "ns-uid",
            "StatefulSet",
            "db",
            "uid",
            WORKLOAD,
            null,
            "postgres",
            "postgres:15",
            null,
            "standard",
            "7d",
            SLOT,
            POINT,
            RUN,
            ATTEMPT),
        new Manifest.Consistency(
            Manifest.ConsistencyClass.APPLICATION,
            "dump",
            SLOT,
            SLOT,
            Map.of(),
            List.of(),
            List.of()),
        new Manifest.Encryption(List.of(identity.recipient())),
        streams,
        List.of(),
        new Manifest.Chain(null, null, SLOT, Duration.ofSeconds(1), null));
  }
}
