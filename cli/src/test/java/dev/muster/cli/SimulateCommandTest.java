package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SimulateCommandTest {

  static final String DATABASE =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {muster.dev/enforce: enforce}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: shop}
      spec:
        template: {spec: {containers: [{name: db, image: "postgres:15"}]}}
        volumeClaimTemplates: [{metadata: {name: data}}]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path config;
  private Path manifests;

  @BeforeEach
  void write() throws Exception {
    config =
        Files.writeString(
            folder.resolve("muster.yaml"), "plans: {standard: {schedule: \"H 2 * * *\"}}");
    manifests = Files.createDirectory(folder.resolve("manifests"));
    Files.writeString(manifests.resolve("db.yaml"), DATABASE);
  }

  private int run(String... args) {
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("simulate", "--config", config.toString()));
    all.addAll(List.of(args));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  void folderOfManifestsIsToldWithWhatWouldBeSetAndNoClusterIsAsked() {
    int code = run(manifests.toString());

    assertThat(code).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(out.toString())
        .contains("StatefulSet/db", "patched", "engine=postgresql", "plan=standard")
        .contains("1 objects: 1 patched; 0 workloads restarted");
  }

  @Test
  void manifestsThatNameNoNamespaceAreJudgedInTheOneThatIsSaid() throws Exception {
    Files.writeString(
        manifests.resolve("db.yaml"),
        DATABASE.replace(
            "{name: db, namespace: shop}", "{name: db, annotations: {muster.dev/rpo: soon}}"));

    assertThat(run(manifests.toString())).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("default    StatefulSet/db");
    assertThat(run(manifests.toString(), "-n", "shop")).isEqualTo(Exit.FAILED);
    assertThat(out.toString()).contains("shop       StatefulSet/db");
  }

  @Test
  void aliasIsRefusedAndNotTakenForAText() throws Exception {
    Files.writeString(
        manifests.resolve("db.yaml"),
        "x: &image postgres:15\n" + DATABASE.replace("\"postgres:15\"", "*image"));

    assertThat(run(manifests.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("db.yaml", "line ", "alias *image");
  }

  @Test
  void whatIsNoTextIsNamed() throws Exception {
    Files.write(manifests.resolve("db.yaml"), new byte[] {'a', ':', (byte) 0xff});

    assertThat(run(manifests.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("db.yaml", "is not UTF-8");
  }

  @Test
  void folderBehindALinkIsLookedInto() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), manifests);

    assertThat(run(link.toString())).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains("1 objects");
  }

  @Test
  void nothingToSimulateIsNoSuccess() throws Exception {
    Files.delete(manifests.resolve("db.yaml"));

    assertThat(run(manifests.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("no objects in");
    assertThat(run()).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("nothing to simulate");
  }

  @Test
  void levelOfTheNamespaceInTheSameManifestsDecidesUnlessOneIsSaid() throws Exception {
    Files.writeString(
        manifests.resolve("db.yaml"),
        DATABASE.replace(
            "{name: db, namespace: shop}",
            "{name: db, namespace: shop, annotations: {muster.dev/rpo: soon}}"));

    assertThat(run(manifests.toString())).isEqualTo(Exit.FAILED);
    assertThat(out.toString()).contains("denied").contains("muster.dev/rpo");
    assertThat(run(manifests.toString(), "--level", "warn")).isEqualTo(Exit.OK);
  }

  @Test
  void answerForMachinesIsOneDocument() throws Exception {
    assertThat(run(manifests.toString(), "-o", "json")).isEqualTo(Exit.OK);

    JsonNode document = new ObjectMapper().readTree(out.toString());
    assertThat(document.path("restarts").asInt(-1)).isZero();
    assertThat(document.path("objects").path(0).path("decision").asText())
        .isEqualToIgnoringCase("patched");
  }

  @Test
  void whatIsNoManifestIsBadInputThatNamesTheFile() throws Exception {
    Path wrong = Files.writeString(manifests.resolve("wrong.yaml"), "kind: [");

    assertThat(run(manifests.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(wrong.toString());
    assertThat(run(folder.resolve("absent").toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(run()).isEqualTo(Exit.BAD_INPUT);
  }
}
