package dev.muster.repository;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.repository.memory.MemoryBackupStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A small repository in memory: two workloads with two points each, every point with a stream of
/// several segments and one of a single segment, and three statements of evidence.
final class SampleRepository {

  static final String CLUSTER = "6f0c8a52-3a53-4c9f-8c6e-1f3f6f3a7b11";
  static final Keys KEYS = new Keys(CLUSTER);
  static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");
  static final Instant SECOND = Instant.parse("2026-11-02T02:00:00Z");
  static final String DATABASE = "db-app";
  static final String GLOBALS = "globals";

  private static final int PART = 20_000;
  private static final int SEGMENT = 60_000;

  final AgeKeys age = AgeKeys.generate();
  final SigningKey signer = SigningKey.generate();
  final Point shopFirst;
  final Point shopSecond;
  final Point blogFirst;
  final Point blogSecond;
  private final TreeMap<String, byte[]> objects = new TreeMap<>();

  SampleRepository() throws Exception {
    objects.put(Keys.MARKER, Json.encode(new RepositoryMarker(1, "a-repository")));
    shopFirst = point("0123456789abcdef0123456789abcdef", "shoprunone", FIRST, 1);
    shopSecond = point("0123456789abcdef0123456789abcdef", "shopruntwo", SECOND, 2);
    blogFirst = point("fedcba9876543210fedcba9876543210", "blogrunone", FIRST, 3);
    blogSecond = point("fedcba9876543210fedcba9876543210", "blogruntwo", SECOND, 4);
    evidence();
  }

  /// A point with its manifest, as signed.
  record Point(String key, Manifest manifest) {

    Manifest.Stream stream(String name) {
      return manifest.streams().stream().filter(s -> s.name().equals(name)).findFirst().get();
    }

    String segment(String stream, int number) {
      return stream(stream).segments().get(number - 1).key();
    }
  }

  /// A copy of all objects by their keys, to be damaged.
  TreeMap<String, byte[]> objects() {
    return new TreeMap<>(objects);
  }

  byte[] object(String key) {
    return Objects.requireNonNull(objects.get(key), key);
  }

  List<Point> points() {
    return List.of(shopFirst, shopSecond, blogFirst, blogSecond);
  }

  /// The manifest of a point as the repository's own key signs it after somebody changed it.
  byte[] signed(Point point, Consumer<ObjectNode> change) {
    ObjectNode tree = (ObjectNode) Json.tree(point.manifest());
    change.accept(tree);
    return Envelope.sign(ManifestSigner.PAYLOAD_TYPE, Json.encode(tree), signer);
  }

  /// Where the data of a point lies.
  static String folder(Point point) {
    Manifest.Identity who = point.manifest().identity();
    return KEYS.data(who.workloadKey(), who.runId(), who.attempt());
  }

  /// The same point with other streams.
  static Manifest with(Manifest manifest, List<Manifest.Stream> streams) {
    Manifest.Identity who = manifest.identity();
    return new ManifestBuilder()
        .of(who.workloadKey(), who.slot(), who.runId(), who.attempt(), streams)
        .build();
  }

  /// A stream with this plaintext, stored in a folder; returns what a manifest says of it.
  static Manifest.Stream store(
      Map<String, byte[]> objects, String folder, String name, byte[] plain, String recipient)
      throws Exception {
    HeldStream held = HeldStream.write(plain, PART, SEGMENT, recipient);
    return stored(objects, folder, name, held.segments(), plain);
  }

  /// The same with ciphertext that was made otherwise.
  static Manifest.Stream stored(
      Map<String, byte[]> objects,
      String folder,
      String name,
      List<byte[]> ciphertext,
      byte[] plain) {
    List<Manifest.Segment> segments = new ArrayList<>();
    for (byte[] bytes : ciphertext) {
      String key = folder + "%s.zst.age.%04d".formatted(name, segments.size() + 1);
      objects.put(key, bytes);
      segments.add(new Manifest.Segment(key, bytes.length, Digests.sha256(bytes)));
    }
    boolean globals = name.equals(GLOBALS);
    return new Manifest.Stream(
        name,
        0,
        globals ? true : null,
        plain.length,
        Digests.sha256(plain),
        segments,
        null,
        "postgresql",
        globals ? null : "app",
        "pg_dump 15.8",
        "15.8",
        "postgresql",
        "33".repeat(32));
  }

  private Point point(String workload, String run, Instant slot, int seed) throws Exception {
    byte[] globals = ("CREATE ROLE app" + seed + ";\n").repeat(9).getBytes(StandardCharsets.UTF_8);
    String folder = KEYS.data(workload, run, "a1-0000000" + seed);
    List<Manifest.Stream> streams =
        List.of(
            store(objects, folder, DATABASE, noise(seed), age.recipient()),
            store(objects, folder, GLOBALS, globals, age.recipient()));
    Manifest manifest =
        new ManifestBuilder().of(workload, slot, run, "a1-0000000" + seed, streams).build();
    Point made = new Point(KEYS.manifest(workload, Keys.point(slot, run)), manifest);
    objects.put(made.key(), new ManifestSigner(signer).sign(manifest));
    return made;
  }

  private void evidence() {
    MemoryBackupStore store = store(objects);
    EvidenceLog log = new EvidenceLog(store, KEYS, signer);
    for (Point point : points().subList(0, 3)) {
      String sha256 = Digests.sha256(object(point.key()));
      Map<String, String> result = Map.of("outcome", "Proven");
      var head = log.append(SECOND, point.key(), sha256, "https://muster.dev/drill/v1", result);
      objects.put(head.key(), store.get(head.key(), EvidenceLog.LIMIT).orElseThrow());
    }
  }

  /// A store that holds these objects.
  static MemoryBackupStore store(Map<String, byte[]> objects) {
    MemoryBackupStore store = new MemoryBackupStore(InstantSource.fixed(SECOND));
    objects.forEach(store::overwrite);
    return store;
  }

  /// Random, so that it stays large under compression and has chunks of age to damage.
  static byte[] noise(int seed) {
    byte[] bytes = new byte[150_000];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
