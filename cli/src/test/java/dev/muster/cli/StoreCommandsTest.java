package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What works on a new machine that has nothing but the store and the keys.
class StoreCommandsTest {

  private static final String CLUSTER = "6f0c8a52-3a53-4c9f-8c6e-1f3f6f3a7b11";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final byte[] dump = new byte[100_000];
  private Path root = Path.of("");
  private Path identity = Path.of("");
  private StoredPoint stored = new StoredPoint(Path.of("/"));

  @BeforeEach
  void aStoreWithAPoint() throws Exception {
    new Random(7).nextBytes(dump);
    root = Files.createDirectory(folder.resolve("store"));
    stored = new StoredPoint(root);
    stored.seal(CLUSTER, new TreeMap<>(Map.of("db-app", dump, "globals", new byte[] {1, 2, 3})));
    identity = Files.writeString(folder.resolve("identity.txt"), stored.identity.file());
  }

  @Test
  void pointsAreListedFromADirectory() {
    int code = run("points");

    assertThat(code).isEqualTo(Exit.OK);
    assertThat(out.toString())
        .contains(StoredPoint.POINT, "StatefulSet shop/db", "db-app,globals", "sealed");
  }

  @Test
  void aWholePointVerifies() {
    assertThat(run("verify", StoredPoint.POINT)).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("PointWhole", "every segment as the manifest states");

    assertThat(run("verify", StoredPoint.POINT, "--identity", identity.toString()))
        .isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("decoded to what was dumped");
  }

  @Test
  @Covers("F70")
  void aFlippedBitIsFoundWithoutAnyKey() throws Exception {
    Path segment = segment();
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length / 2] ^= 1;
    Files.write(segment, bytes);

    int code = run("verify", StoredPoint.POINT, "-o", "json");

    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(out.toString())
        .contains("\"state\":\"PointDamaged\"", "SegmentDigest", "db-app.zst.age.0001");
  }

  @Test
  void anotherKeyBelievesNothing() {
    StoredPoint other = new StoredPoint(root);

    int code = execute("verify", List.of(StoredPoint.POINT), other.signing.publicKey().toBase64());

    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(out.toString()).contains("PointRefused", "UnknownSigner");
  }

  @Test
  void aStreamIsWrittenAsItWasDumped() throws Exception {
    Path file = folder.resolve("app.dump");

    int code = restore("--stream", "db-app", "--to", file.toString());

    assertThat(code).isEqualTo(Exit.OK);
    assertThat(file).hasBinaryContent(dump);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  @Covers("F70")
  void nothingIsLeftOfADamagedStream() throws Exception {
    Files.delete(segment());
    Path target = Files.createDirectory(folder.resolve("target"));

    int code = restore("--stream", "db-app", "--to", target.resolve("app.dump").toString());

    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("SegmentMissing");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void whatIsThereIsKept() throws Exception {
    Path file = Files.writeString(folder.resolve("app.dump"), "mine");

    assertThat(restore("--stream", "db-app", "--to", file.toString())).isEqualTo(Exit.BAD_INPUT);

    assertThat(file).hasContent("mine");
    assertThat(err.toString()).contains("exists and is kept");
  }

  @Test
  void whatCannotBeMeantIsTold() throws Exception {
    assertThat(restore("--to", folder.resolve("x").toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("[db-app, globals]: choose one with --stream");

    assertThat(restore("--stream", "none", "--to", folder.resolve("x").toString()))
        .isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("no stream none");

    assertThat(restore("--swap", "--to", folder.resolve("x").toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(restore("--swap")).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--store is for --to");

    assertThat(execute("verify", List.of("20261101T020000Z-aaaaaaaaaaaaaaaaaaaaaaaaaa"), key()))
        .isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("no point 20261101T020000Z-aaaaaaaaaaaaaaaaaaaaaaaaaa");
  }

  @Test
  void aKeyMustBeSaid() {
    int code = run(out, "points", List.of("--store", root.toString()));

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--public-key");
  }

  @Test
  void ofSeveralClustersOneMustBeChosen() throws Exception {
    stored.seal("another-cluster", Map.of("db-app", dump));

    assertThat(run("points")).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--cluster-id", CLUSTER, "another-cluster");

    assertThat(run("points", "--cluster-id", "another-cluster")).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains(StoredPoint.POINT).doesNotContain("globals");
  }

  @Test
  @Covers("F76")
  void aDirectoryOfSomebodyElseIsNotRead() throws Exception {
    Files.writeString(root.resolve("muster-repository.json"), "{\"restic\":1}");

    assertThat(run("points")).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("not a marker of Muster");
  }

  private Path segment() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.endsWith("db-app.zst.age.0001")).findFirst().orElseThrow();
    }
  }

  private String key() {
    return stored.signing.publicKey().toBase64();
  }

  private int restore(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of(StoredPoint.POINT, "--identity", identity.toString()));
    all.addAll(List.of(arguments));
    return execute("restore", all, key());
  }

  private int run(String command, String... arguments) {
    return execute(command, List.of(arguments), key());
  }

  private int execute(String command, List<String> arguments, String key) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--store", root.toString(), "--public-key", key));
    return run(out, command, all);
  }

  private int run(StringWriter to, String command, List<String> arguments) {
    return Invocation.run(to, err, command, arguments.toArray(String[]::new));
  }
}
