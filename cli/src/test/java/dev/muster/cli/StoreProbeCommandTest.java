package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.repository.Keys;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreProbeCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void aDirectoryIsDegradedByWhatItLacks() {
    int code = probe("--store", folder.toString());

    assertThat(code).isEqualTo(Exit.FAILED);
    assertThat(out.toString())
        .containsPattern("conditional-put +met +the second writer was refused")
        .containsPattern("object-lock +not-met")
        .contains(folder + ": degraded, for want of versioning, object-lock, no-deleting")
        .doesNotContain("left below");
    assertThat(folder.resolve("probe")).doesNotExist();
  }

  @Test
  void jsonHasTheSame() throws Exception {
    probe("--store", folder.toString(), "-o", "json");

    JsonNode document = new ObjectMapper().readTree(out.toString());
    assertThat(document.path("verdict").asText()).isEqualTo("degraded");
    assertThat(document.path("left").asInt(-1)).isZero();
    assertThat(document.path("clockOffsetSeconds").asInt(99)).isBetween(-2, 2);
    assertThat(document.path("findings"))
        .filteredOn(finding -> finding.path("result").asText().equals("not-met"))
        .extracting(finding -> finding.path("requirement").asText())
        .containsExactly("versioning", "object-lock", "no-deleting");
  }

  @Test
  void aBucketOfSomebodyElsesIsNotProbed() throws Exception {
    Files.writeString(folder.resolve(Keys.MARKER), "hello");

    int code = probe("--store", folder.toString());

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("not a marker of Muster, so nothing is written there");
    assertThat(folder).isDirectoryNotContaining(file -> file.endsWith("probe"));
  }

  @Test
  void whatCannotBeAskedIsBadInput() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("muster.yaml"),
            """
            cluster: { name: c }
            backups: false
            stores: { main: { endpoint: "http://127.0.0.1:1", bucket: muster } }
            """);

    assertThat(probe("--store", folder.resolve("none").toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(probe("other", "--config", config.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(probe("main", "--store", folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString())
        .contains("is not a directory")
        .contains("no store is named other: say one of [main]")
        .contains("main and --store are two stores");
  }

  private int probe(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "probe";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Invocation.run(out, err, "store", all);
  }
}
