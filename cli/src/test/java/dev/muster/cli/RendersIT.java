package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigurationReader;
import dev.muster.testkit.LightBed;
import dev.muster.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each of the value sets in `charts/renders` makes of the chart.
class RendersIT {

  private static final Path RENDERS = Chart.folder().resolveSibling("renders");
  private static final LightBed BED = LightBed.shared();

  @BeforeAll
  static void namespace() throws IOException {
    Path namespace = Files.createTempFile("muster-namespace", ".json");
    Files.writeString(
        namespace,
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "muster"}}\
        """);
    BED.kubectl("apply", "-f", namespace.toString());
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
    String rendered = rendered(set);

    assertThat(rendered)
        .as("the chart renders %s in another way: run dev/renders and review the difference", set)
        .isEqualTo(Files.readString(RENDERS.resolve(set).resolve("rendered.yaml")));
  }

  @ParameterizedTest
  @MethodSource("sets")
  void musterReadsTheConfiguration(String set) {
    String yaml =
        Chart.of(Chart.parsed(rendered(set)), "ConfigMap", "muster-config")
            .at("/data")
            .path("muster.yaml")
            .asText();

    assertThat(ConfigurationReader.read(set, yaml).namespace()).isEqualTo("muster");
  }

  @ParameterizedTest
  @MethodSource("sets")
  void anApiServerTakesEveryObjectWithoutAWarning(String set) {
    String file = RENDERS.resolve(set).resolve("rendered.yaml").toString();

    String said =
        BED.kubectl("apply", "--server-side", "--force-conflicts", "--dry-run=server", "-f", file);

    assertThat(said.lines())
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" serverside-applied (server dry run)"));
  }

  private static String rendered(String set) {
    String values = RENDERS.resolve(set).resolve("values.yaml").toString();
    String chart = Chart.folder().toString();
    return Tools.run(
        Path.of("."),
        Tools.path("helm"),
        "template",
        "muster",
        chart,
        "-n",
        "muster",
        "-f",
        values);
  }
}
