package dev.muster.restore;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import dev.muster.model.PointId;
import dev.muster.model.RunId;
import dev.muster.model.WorkloadRef;
import dev.muster.repository.Digests;
import dev.muster.repository.FileKeys;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.PartBuffers;
import dev.muster.repository.SigningKey;
import dev.muster.repository.StreamSettings;
import dev.muster.repository.StreamWriter;
import dev.muster.repository.memory.MemoryBackupStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A point of `shop/db` in a store in memory, with the keys to it.
final class StoredPoint {
  static final String CLUSTER = "c1";
  static final Instant SLOT = Instant.parse("2026-11-01T02:00:00Z");
  static final WorkloadRef WORKLOAD = new WorkloadRef("StatefulSet", "shop", "db", "u1");
  static final RunId RUN = RunId.ofSlot(CLUSTER, WORKLOAD.key(), SLOT);
  static final PointId POINT = new PointId(SLOT, RUN);
  static final Keys KEYS = new Keys(CLUSTER);
  private static final String ATTEMPT = "a1-00000001";

  final MemoryBackupStore store = new MemoryBackupStore(InstantSource.fixed(SLOT));
  final SigningKey signing = SigningKey.generate();
  final String identity;
  private final String recipient;

  StoredPoint() {
    try {
      var pair = new X25519KeyPairGenerator().generateKeyPair();
      identity = pair.getPrivate().toString();
      recipient = pair.getPublic().toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String anotherIdentity() {
    return new StoredPoint().identity;
  }

  /// Stores the streams and their manifest.
  Manifest store(List<Manifest.Stream> streams) {
    Manifest manifest = manifest(streams);
    store.putIfAbsent(manifestKey(), new ManifestSigner(signing).sign(manifest));
    return manifest;
  }

  /// Stores one stream.
  Manifest.Stream stream(String name, String database, byte[] plain) {
    try {
      var stored = new ByteArrayOutputStream();
      var written =
          new StreamWriter(
                  new StreamSettings(List.of(recipient), 1 << 26, 3),
                  new PartBuffers(64 * 1024, 1, 1))
              .write(
                  new ByteArrayInputStream(plain),
                  (segment, part, sha256, bytes) -> {
                    byte[] copy = new byte[bytes.remaining()];
                    bytes.get(copy);
                    stored.write(copy);
                  },
                  (read, sent) -> {});
      String key = KEYS.segment(WORKLOAD.key().value(), RUN.value(), ATTEMPT, name, 1);
      byte[] bytes = stored.toByteArray();
      store.putIfAbsent(key, bytes);
      return new Manifest.Stream(
          name,
          0,
          null,
          plain.length,
          Digests.sha256(plain),
          List.of(new Manifest.Segment(key, bytes.length, written.segments().getFirst().sha256())),
          null,
          "postgresql",
          database,
          null,
          null,
          "postgresql",
          "d1");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  TicketOffice office(String identity) {
    return new TicketOffice(
        store,
        KEYS,
        new ManifestVerifier(List.of(signing.publicKey())),
        FileKeys.ofIdentityFile(identity),
        Duration.ofHours(1));
  }

  static String manifestKey() {
    return KEYS.manifest(WORKLOAD.key().value(), POINT.toString());
  }

  static Manifest manifest(List<Manifest.Stream> streams) {
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
            "snapshot",
            SLOT,
            SLOT.plusSeconds(5),
            Map.of(),
            List.of(),
            List.of()),
        new Manifest.Encryption(List.of("age1x")),
        streams,
        List.of(),
        new Manifest.Chain(null, null, SLOT.plusSeconds(9), Duration.ofSeconds(9), null));
  }

  /// The same with a probe of one stream that saw these tables.
  static Manifest withProbe(Manifest plain, String stream, String... tables) {
    List<Manifest.Table> seen =
        List.of(tables).stream().map(name -> new Manifest.Table(name, 1, "h")).toList();
    return new Manifest(
        plain.formatVersion(),
        plain.identity(),
        plain.consistency(),
        plain.encryption(),
        plain.streams(),
        List.of(new Manifest.Probe(stream, Manifest.Relation.SAME_SNAPSHOT, "schema", null, seen)),
        plain.chain());
  }
}
