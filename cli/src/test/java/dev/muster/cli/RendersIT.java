package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.LightBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each of the value sets in `charts/renders` makes of the chart.
class RendersIT {

  private static final Path RENDERS = Chart.folder().resolveSibling("renders");
  private static final LightBed BED = LightBed.shared();

  @TempDir private static Path folder;

  @BeforeAll
  static void namespace() throws IOException {
    String namespace =
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "muster"}}\
        """;
    BED.kubectl("apply", "-f", Files.writeString(folder.resolve("ns.json"), namespace).toString());
    CertManager.kinds(BED);
  }

  static Stream<String> sets() throws IOException {
    try (Stream<Path> folders = Files.list(RENDERS)) {
      List<String> names = folders.map(folder -> folder.getFileName().toString()).sorted().toList();
      assertThat(names).hasSizeGreaterThanOrEqualTo(5);
      return names.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("sets")
  void theRenderIsTheOneThatWasReviewed(String set) throws IOException {
    String values = RENDERS.resolve(set).resolve("values.yaml").toString();

    assertThat(Chart.text(List.of("-f", values)))
        .as("the chart renders %s in another way: run dev/renders and review the difference", set)
        .isEqualTo(Files.readString(rendered(set)));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void musterReadsTheConfiguration(String set) throws IOException {
    List<JsonNode> objects = Chart.parsed(Files.readString(rendered(set)));

    assertThat(Chart.configuration(objects).namespace()).isEqualTo("muster");
  }

  @ParameterizedTest
  @MethodSource("sets")
  void anApiServerTakesEveryObjectWithoutAWarning(String set) {
    String file = rendered(set).toString();

    String said =
        BED.kubectl("apply", "--server-side", "--force-conflicts", "--dry-run=server", "-f", file);

    assertThat(said.lines())
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" serverside-applied (server dry run)"));
  }

  private static Path rendered(String set) {
    return RENDERS.resolve(set).resolve("rendered.yaml");
  }
}
