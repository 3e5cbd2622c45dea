package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.muster.testkit.Covers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GitopsCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "argocd, /spec/ignoreDifferences/0/jsonPointers",
    "flux,   /spec/driftDetection/ignore/0/paths"
  })
  @Covers("O7")
  void everyKeyThatAdmissionWritesOnAWorkloadIsNamed(String tool, String place) throws Exception {
    Set<String> named = new TreeSet<>();
    new YAMLMapper()
        .readTree(said("gitops", "snippet", tool))
        .at(place)
        .forEach(pointer ->
            named.add(pointer.asText().replace("/metadata/annotations/", "").replace("~1", "/")));

    assertThat(named).isEqualTo(written());
  }

  @Test
  void anUnknownToolIsBadInputThatNamesTheKnown() {
    StringWriter err = new StringWriter();
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setErr(new PrintWriter(err));

    assertThat(line.execute("gitops", "snippet", "spinnaker")).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).containsIgnoringCase("argocd").containsIgnoringCase("flux");
  }

  private Set<String> written() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("muster.yaml"), "plans: {standard: {schedule: \"H 2 * * *\"}}");
    Path manifest = Files.writeString(folder.resolve("db.yaml"), SimulateCommandTest.DATABASE);
    String told =
        said("simulate", "--config", config.toString(), "-o", "json", manifest.toString());
    JsonNode set = new ObjectMapper().readTree(told).at("/objects/0/set");
    Set<String> keys = new TreeSet<>();
    set.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static String said(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    assertThat(line.execute(arguments)).isEqualTo(Exit.OK);
    return out.toString();
  }
}
