package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.Yaml;
import dev.muster.policies.PolicyOutcome;
import dev.muster.policies.WasmPolicyEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Manifests as popular charts and operators make them, each with the recognition that a careful
/// person expects.
class RecognitionTest {
  private static final Path FOLDER = Path.of("src/test/resources/workloads");

  private static WasmPolicyEngine engine;
  private final Filter filter = new Filter(Reviews.configuration());
  private final Projection projection =
      new Projection(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()));

  @BeforeAll
  static void load() {
    engine = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  record Case(String name, JsonNode expected, ObjectNode object) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> workloads() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(RecognitionTest::read).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void engineAndContainerAreRecognised(Case workload) {
    var review = Reviews.create(workload.object());
    var input = projection.of(review, Stage.MUTATE, Level.WARN, LocalDate.parse("2026-11-01"));

    var decided = (PolicyOutcome.Decided) engine.evaluate("muster/admission", input);

    var found = decided.value().path("recognised");
    for (var field : List.of("engine", "confidence", "container")) {
      assertThat(found.path(field))
          .as("%s of %s", field, found)
          .isEqualTo(workload.expected().path(field));
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void onlyWhatAnOperatorOwnsIsLeftToIt(Case workload) {
    assertThat(filter.passes(Reviews.create(workload.object())))
        .isEqualTo(
            workload.expected().has("operator") ? Optional.of("operator-owned") : Optional.empty());
  }

  private static Case read(Path file) {
    try {
      List<JsonNode> documents = Yaml.documents(Files.readString(file));
      return new Case(
          file.getFileName().toString(),
          documents.getFirst().path("expected"),
          (ObjectNode) documents.getLast());
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }
}
