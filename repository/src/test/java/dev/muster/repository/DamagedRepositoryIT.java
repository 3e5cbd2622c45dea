package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to a repository, two readers that share no code refuse the same points for the
/// same reason.
final class DamagedRepositoryIT {

  @TempDir static Path folder;
  private static SampleRepository sample;
  private static ReaderProcess python;

  @BeforeAll
  static void start() throws Exception {
    sample = new SampleRepository();
    python = ReaderProcess.start(folder, sample.age.identity(), List.of(sample.signer.publicKey()));
  }

  @AfterAll
  static void stop() throws Exception {
    python.close();
  }

  static List<Damage> damages() throws Exception {
    List<Damage> all = new ArrayList<>(StoreDamages.of(sample));
    all.addAll(SignedFaults.of(sample));
    return all;
  }

  @ParameterizedTest
  @MethodSource("damages")
  @Covers({"F70", "F76", "F77", "F78", "F80", "F81", "F82"})
  void bothReadersRefuseItWithOneWord(Damage damage) throws Exception {
    Map<String, byte[]> objects = sample.objects();
    damage.change().accept(objects);

    Words words = words(objects, sample.shopSecond);

    assertThat(words).isEqualTo(new Words(damage.word(), damage.word()));
  }

  @Test
  void aSoundRepositoryIsWholeToBoth() throws Exception {
    for (SampleRepository.Point point : sample.points()) {
      assertThat(words(sample.objects(), point)).isEqualTo(new Words("Whole", "Whole"));
    }
  }

  @Test
  void pointsBesideADamagedOneStayWhole() throws Exception {
    for (Damage damage : StoreDamages.of(sample)) {
      if (damage.name().startsWith("marker") || damage.name().contains("swapped with")) {
        continue;
      }
      Map<String, byte[]> objects = sample.objects();
      damage.change().accept(objects);
      assertThat(java(objects, sample.shopFirst)).as(damage.name()).isEqualTo("Whole");
    }
  }

  @Test
  void thereAreEnoughOfThem() throws Exception {
    assertThat(damages()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(damages()).extracting(Damage::name).doesNotHaveDuplicates();
  }

  private record Words(String java, String python) {}

  private static Words words(Map<String, byte[]> objects, SampleRepository.Point point)
      throws IOException {
    return new Words(java(objects, point), python.judge(written(objects), point.key()));
  }

  private static String java(Map<String, byte[]> objects, SampleRepository.Point point)
      throws IOException {
    return PointJudge.word(
        SampleRepository.store(objects), point, sample.age, sample.signer.publicKey());
  }

  /// Links what is as it was, so that a case costs only what it changes.
  private static Path written(Map<String, byte[]> objects) throws IOException {
    Path root = Files.createTempDirectory(folder, "case");
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      Path file = root.resolve(object.getKey());
      Files.createDirectories(file.getParent());
      Files.createLink(file, content(object.getValue()));
    }
    return root;
  }

  private static final Map<String, Path> CONTENTS = new HashMap<>();

  private static Path content(byte[] bytes) {
    return CONTENTS.computeIfAbsent(
        Digests.sha256(bytes),
        digest -> {
          try {
            return Files.write(folder.resolve(digest), bytes);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}
