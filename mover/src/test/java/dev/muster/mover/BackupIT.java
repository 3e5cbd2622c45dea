package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Digests;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import dev.muster.repository.wire.Termination;
import dev.muster.testkit.Covers;
import dev.muster.testkit.ObjectStore;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BackupIT {

  private static final StreamSpec GLOBALS = new StreamSpec("globals", false, null, null);
  private static final StreamSpec APP = new StreamSpec("db-app", true, "PGDMP", null);

  @TempDir static Path pki;
  private static ObjectStore server;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = ObjectStore.start(pki);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void streamsAndProbesReachStoreAndReport() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS, APP)) {
      byte[] globals = "CREATE ROLE app;\n".getBytes(StandardCharsets.UTF_8);
      byte[] dump = dump(30_000_000);
      bed.produce("streams", "globals", globals);
      bed.produce("streams", "db-app", dump);
      bed.produce(
          "probes",
          "db-app",
          "{\"schema\":\"x\"}\n\n{\"table\":\"t\"}\n".getBytes(StandardCharsets.UTF_8));

      int exit = Backup.run(bed.environment);

      assertThat(exit).isZero();
      assertThat(bed.termination().outcome()).isEqualTo(Termination.Outcome.reported);
      RunReport report = bed.api.report();
      assertThat(report.streams())
          .extracting(StreamReport::name)
          .containsExactly("globals", "db-app");
      assertThat(report.probes().getFirst().lines())
          .containsExactly("{\"schema\":\"x\"}", "{\"table\":\"t\"}");
      StreamReport app = report.streams().getLast();
      assertThat(app.plainBytes()).isEqualTo(dump.length);
      assertThat(app.plainSha256()).isEqualTo(Digests.sha256(dump));
      assertThat(app.segments()).hasSize(3);
      assertThat(bed.complete(app)).hasSize(3);
      assertThat(bed.complete(report.streams().getFirst())).hasSize(1);
      assertThat(bed.api.progress).isNotEmpty();
    }
  }

  @Test
  @Covers({"F61", "F16"})
  void failuresOfStoreAndAuditorAreRetriedWithTheSameBytes() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, APP)) {
      byte[] dump = dump(12_000_000);
      bed.api.deadUrls = true;
      bed.api.failures.addAll(List.of(503, 429, 500));
      bed.produce("streams", "db-app", dump);
      bed.produce("probes", "db-app", new byte[] {'{', '}'});

      int exit = Backup.run(bed.environment);

      assertThat(exit).isZero();
      StreamReport app = bed.api.report().streams().getFirst();
      int parts = app.segments().stream().mapToInt(s -> s.parts().size()).sum();
      assertThat(bed.api.grants.get()).isGreaterThan(parts);
      assertThat(bed.complete(app)).isNotEmpty();
    }
  }

  @Test
  @Covers("F32")
  void aTokenThatIsReplacedDuringTheRunIsReadAgain() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, APP)) {
      bed.api.onGrant =
          java.util.Optional.of(() -> {
            try {
              bed.token("token-" + bed.api.grants.get());
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      bed.produce("streams", "db-app", dump(12_000_000));
      bed.produce("probes", "db-app", new byte[] {'{', '}'});

      int exit = Backup.run(bed.environment);

      assertThat(exit).isZero();
      assertThat(bed.api.token).isNotEqualTo("first");
    }
  }

  @Test
  @Covers({"F19", "F62"})
  void aMoverKilledInTheMiddleLeavesNoObjectAndNoReport() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS)) {
      CountDownLatch granted = new CountDownLatch(3);
      bed.api.onGrant = java.util.Optional.of(granted::countDown);
      Process mover = process(bed, "-Xmx128m");
      try (OutputStream pipe = Files.newOutputStream(Path.of(bed.pipe("globals")))) {
        pipe.write(dump(20_000_000));
        assertThat(granted.await(60, TimeUnit.SECONDS)).isTrue();
        mover.destroyForcibly().waitFor();
      }

      assertThat(bed.api.reported()).isFalse();
      assertThat(
              bed.store.list(
                  bed.keys.data(TestRunApi.WORKLOAD, TestRunApi.RUN, TestRunApi.ATTEMPT)))
          .isEmpty();
      assertThat(bed.store.children(bed.keys.points())).isEmpty();
      List<OpenUpload> orphans =
          bed.store.listUploads(
              bed.keys.data(TestRunApi.WORKLOAD, TestRunApi.RUN, TestRunApi.ATTEMPT));
      assertThat(orphans).isNotEmpty();
    }
  }

  @Test
  @Covers("F42")
  void memoryDoesNotGrowWithTheStream() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS)) {
      bed.environment.remove("MUSTER_PART_BYTES");
      bed.environment.put("MUSTER_SEGMENT_BYTES", "200000000");
      Process mover = process(bed, "-Xmx160m");
      byte[] block = dump(1_000_000);
      try (OutputStream pipe = Files.newOutputStream(Path.of(bed.pipe("globals")))) {
        for (int i = 0; i < 400; i++) {
          pipe.write(block);
          pipe.flush();
          block[i]++;
        }
      }

      assertThat(mover.waitFor()).isZero();
      assertThat(bed.api.report().streams().getFirst().plainBytes()).isEqualTo(400_000_000);
    }
  }

  @Test
  void aDumpThatNeverOpensItsPipeEndsTheRunWithItsName() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS, APP)) {
      bed.environment.put("MUSTER_OPEN_TIMEOUT", "PT1S");
      bed.produce("streams", "globals", new byte[] {1});
      bed.produce("probes", "db-app", new byte[] {'{', '}'});

      int exit = Backup.run(bed.environment);

      assertThat(exit).isEqualTo(1);
      assertThat(bed.termination().reason()).isEqualTo("ProducerSilent");
      assertThat(bed.termination().detail()).contains("streams/db-app");
      assertThat(bed.api.reported()).isFalse();
    }
  }

  @Test
  @Covers("F84")
  void aTrailerIsSeenOrNot() throws Exception {
    StreamSpec whole = new StreamSpec("db-a", false, null, "-- Dump completed");
    StreamSpec cut = new StreamSpec("db-b", false, null, "-- Dump completed");
    try (MoverBed bed = new MoverBed(folder, pki, server, whole, cut)) {
      bed.produce(
          "streams",
          "db-a",
          "INSERT 1;\n-- Dump completed on x\n".getBytes(StandardCharsets.UTF_8));
      bed.produce("streams", "db-b", "INSERT 1;\n".getBytes(StandardCharsets.UTF_8));

      Backup.run(bed.environment);

      assertThat(bed.api.report().streams())
          .extracting(StreamReport::trailerSeen)
          .containsExactly(true, false);
    }
  }

  @Test
  @Covers("F46")
  void aStreamWithoutItsMagicIsNoDump() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, APP)) {
      bed.produce("streams", "db-app", new byte[0]);
      bed.produce("probes", "db-app", new byte[] {'{', '}'});

      int exit = Backup.run(bed.environment);

      assertThat(exit).isEqualTo(1);
      assertThat(bed.termination().reason()).isEqualTo("UnexpectedFormat");
    }
  }

  @Test
  void aClosedNetworkIsToldAsSuch() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS)) {
      bed.environment.put("MUSTER_TARGET", "127.0.0.1:1");

      int exit = Backup.run(bed.environment);

      assertThat(exit).isEqualTo(1);
      assertThat(bed.termination().reason()).isEqualTo("BlockedNetwork");
      assertThat(bed.termination().detail()).contains("the database at 127.0.0.1:1");
    }
  }

  @Test
  void aRunThatIsOverIsNotGoneOnWith() throws Exception {
    try (MoverBed bed = new MoverBed(folder, pki, server, GLOBALS)) {
      bed.api.failures.add(409);
      bed.produce("streams", "globals", new byte[] {1});

      int exit = Backup.run(bed.environment);

      assertThat(exit).isEqualTo(1);
      assertThat(bed.termination().reason()).isEqualTo("RunRefused");
    }
  }

  @Test
  void allMissingVariablesAreNamedAtOnce() throws Exception {
    int exit =
        Backup.run(java.util.Map.of("MUSTER_TERMINATION_LOG", folder.resolve("t").toString()));

    assertThat(exit).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("t")))
        .contains("BadSettings", "MUSTER_RUN_ID", "MUSTER_API", "MUSTER_RECIPIENTS");
  }

  private static Process process(MoverBed bed, String memory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
            memory,
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BackupProcess.class.getName());
    builder.environment().putAll(bed.environment);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(bed.folder.resolve("mover.log").toFile())
        .start();
  }

  private static byte[] dump(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    System.arraycopy("PGDMP".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 5);
    return bytes;
  }
}
