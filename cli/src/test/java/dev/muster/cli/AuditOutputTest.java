package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.AutoComplete;
import picocli.CommandLine;

/// What `muster audit` prints and keeps, of manifests.
class AuditOutputTest {

  private static final String CLAIMS =
      """
      # comment
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: big, namespace: shop, labels: { app: files } }
      spec: { storageClassName: slow, resources: { requests: { storage: 2Ti } } }
      ---

      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: small, namespace: shop }
      spec: { resources: { requests: { storage: 10Gi } } }
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
        namespace: shop
        labels: { app: web }
        annotations: { muster.dev/exclude-volumes: data }
      spec:
        selector: { matchLabels: { app: web } }
        template:
          metadata: { labels: { app: web } }
          spec:
            containers: [{ name: web, image: nginx }]
            volumes: [{ name: data, persistentVolumeClaim: { claimName: small } }]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path manifests = Path.of("");

  @BeforeEach
  void manifests() throws Exception {
    manifests = Files.writeString(folder.resolve("claims.yaml"), CLAIMS);
  }

  @Test
  void aWideTableHasMoreColumns() {
    assertThat(run("-o", "wide")).as(err.toString()).isEqualTo(Exit.FAILED);

    List<String> lines = out.toString().lines().toList();
    assertThat(lines.getFirst())
        .contains("NAMESPACE", "CLASS", "SIZE", "DEPLOYED", "PLAN", "REASON");
    assertThat(lines.get(1)).contains("big", "slow", "2Ti", "nobody-asked");
  }

  @ParameterizedTest
  @CsvSource({
    "size, small, big",
    "volume, big, small",
    "VERDICT, big, small",
    "newest, big, small"
  })
  void theTableIsInTheOrderAskedFor(String column, String first, String second) {
    assertThat(run("--sort", column)).as(err.toString()).isEqualTo(Exit.FAILED);

    assertThat(out.toString().lines().skip(1).limit(2))
        .satisfiesExactly(
            line -> assertThat(line).contains(first), line -> assertThat(line).contains(second));
  }

  @Test
  void aFilterOfVerdictsChangesNothingOfWhatIsFound() {
    assertThat(run("--verdict", "excluded")).isEqualTo(Exit.FAILED);

    assertThat(out.toString()).contains("small", "1 Excluded, 1 Unprotected (1 of 2 shown)");
    assertThat(out.toString()).doesNotContain("big");
  }

  @ParameterizedTest
  @CsvSource({
    "-w, web,                 0",
    "-w, Deployment/web,      0",
    "-w, deployment/WEB,      0",
    "-l, app=web,             0",
    "-l, 'app!=files,app',    0",
    "-l, app in (web),        2",
    "-l, app=files,           1",
    "-l, '!app',              2",
    "-w, webb,                2",
    "-l, app=,                2",
    "-l, 'app=web,',          2"
  })
  void aScopeNarrowsWhatIsFound(String option, String value, int code) {
    assertThat(run(option, value)).as(err.toString()).isEqualTo(code);
  }

  @Test
  void sarifNamesFileAndLine() throws Exception {
    assertThat(run("-o", "sarif")).isEqualTo(Exit.FAILED);

    JsonNode place =
        new ObjectMapper()
            .readTree(out.toString())
            .at("/runs/0/results/0/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText()).endsWith("/claims.yaml");
    assertThat(place.at("/region/startLine").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "csv, 'cluster,at,finding,'",
    "markdown, '### Backup coverage: 1 of 2 '",
    "json, {",
    "html, <!doctype html>"
  })
  void documentsAreAllThatIsPrinted(String format, String start) {
    assertThat(run("-o", format)).isEqualTo(Exit.FAILED);

    assertThat(out.toString()).startsWith(start);
  }

  @Test
  void reportsAreKeptWholeInTheirFormats() throws Exception {
    Path json = folder.resolve("a.json");
    Path sarif = folder.resolve("a.sarif");
    Files.writeString(json, "before");

    assertThat(run("--save", json.toString(), "--save", sarif.toString(), "--verdict", "Excluded"))
        .isEqualTo(Exit.FAILED);

    assertThat(new ObjectMapper().readTree(json.toFile()).path("volumes")).hasSize(2);
    assertThat(new ObjectMapper().readTree(sarif.toFile()).path("version").asText())
        .isEqualTo("2.1.0");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(manifests, json, sarif);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.txt", "report", "report.json.gz", "", "report.htm"})
  void anUnknownEndingIsRefusedBeforeTheAudit(String name) {
    assertThat(run("--save", name)).isEqualTo(Exit.BAD_INPUT);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("--save", ".json, .csv, .md, .sarif, .html");
  }

  @Test
  void aFileThatCannotBeWrittenIsNoFinding() {
    String file = folder.resolve("nowhere/report.json").toString();

    assertThat(run("--save", file)).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(file, "folder");
  }

  @Test
  void whatTheBaselineKnewDoesNotFail() throws Exception {
    Path before = folder.resolve("before.json");
    assertThat(run("--save", before.toString())).isEqualTo(Exit.FAILED);
    assertThat(run("--baseline", before.toString())).isZero();
    assertThat(err.toString()).contains("1 of 1 findings were known in " + before);

    Files.writeString(manifests, CLAIMS.replace("name: big", "name: new"));
    assertThat(run("--baseline", before.toString())).isEqualTo(Exit.FAILED);
    assertThat(err.toString()).contains("0 of 1 findings were known in " + before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claims.yaml", "missing.json"})
  void aBaselineThatIsNoneIsBadInput(String name) {
    String file = folder.resolve(name).toString();

    assertThat(run("--baseline", file)).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(file, "-o json");
  }

  @Test
  void aPageIsTheSameInAnyLocale() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    assertThat(printed(bytes, "-o", "html")).isEqualTo(Exit.FAILED);

    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u2715</button>");
  }

  @Test
  void aReportThatCouldNotBePrintedIsNoFinding() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int part) throws IOException {
            throw new IOException("No space left on device");
          }
        };

    assertThat(printed(full, "-o", "csv")).isEqualTo(Exit.BAD_INPUT);
  }

  private int printed(OutputStream to, String... arguments) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(to, true, StandardCharsets.US_ASCII));
    try {
      return MusterCommand.run(Map.of(), all(arguments));
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void theShellCompletesFormatsColumnsAndVerdicts() {
    String completion = AutoComplete.bash("muster", MusterCommand.commandLine(Map.of()));

    assertThat(completion)
        .contains("\"table\" \"wide\" \"json\" \"csv\" \"markdown\" \"sarif\"")
        .contains("\"namespace\" \"volume\" \"kind\" \"phase\" \"class\"")
        .contains("\"Unknown\" \"Unprotected\"");
  }

  private int run(String... arguments) {
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(all(arguments));
  }

  private String[] all(String... arguments) {
    return Stream.of(Stream.of("audit"), Stream.of(arguments), Stream.of(manifests.toString()))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }
}
