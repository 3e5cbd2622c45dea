package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the fuzzer begins with, and what it once found, keeps all properties.
class ReviewCorpusTest {
  private static final Path FOLDER = Path.of("src/test/resources/reviews");

  private static ReviewProperties properties;

  @BeforeAll
  static void load() {
    properties = new ReviewProperties();
  }

  @AfterAll
  static void close() {
    properties.close();
  }

  static List<Path> corpus() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  static List<HostileBodies> hostile() {
    return HostileBodies.all();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  @Covers({"A1", "A2", "A3", "A4", "A5", "A6", "A9", "A16", "B7", "B9", "F10"})
  void everyReviewOfTheCorpusIsAnsweredAsItShould(Path review) throws IOException {
    properties.check(Files.readAllBytes(review));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  @Covers({"A12", "F10"})
  void everyHostileBodyIsAnsweredAsItShould(HostileBodies hostile) {
    properties.check(hostile.body());
  }

  @Test
  void theCorpusReachesEveryOutcome() throws IOException {
    var all = new ReviewProperties();
    for (var each : corpus()) {
      all.check(Files.readAllBytes(each));
    }
    all.close();

    assertThat(all.seen()).containsOnlyKeys("allowed", "denied", "patched", "refused", "unjudged");
  }

  @Test
  void theCorpusStaysSmall() throws IOException {
    long bytes = 0;
    for (var each : corpus()) {
      bytes += Files.size(each);
    }

    assertThat(bytes).isLessThan(500_000);
  }
}
