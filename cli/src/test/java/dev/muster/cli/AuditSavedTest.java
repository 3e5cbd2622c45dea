package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.ForeignPoint;
import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.auditor.saved.InventoryFile;
import dev.muster.auditor.saved.SavedInventory;
import dev.muster.cluster.ObjectName;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster audit FILE` of what `muster inventory` has written.
class AuditSavedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void saved() throws Exception {
    Inventory inventory = new Inventory();
    for (String name : new String[] {"kept", "forgotten"}) {
      ObjectNode claim = JSON.createObjectNode();
      claim
          .putObject("metadata")
          .put("namespace", "shop")
          .put("name", name)
          .put("creationTimestamp", "2025-12-01T00:00:00Z");
      inventory.put(new ObjectReader().read(Kind.CLAIM, claim));
    }
    Findings findings = new Findings();
    findings.add(
        new Found.Point(
            ObjectName.in("shop", "kept"),
            new ForeignPoint("K8up", "Snapshot/s", THEN.minusSeconds(60))));
    try (Writer to = Files.newBufferedWriter(file())) {
      InventoryFile.write(
          new SavedInventory(
              SavedInventory.Header.of("prod", "uid", THEN, null), inventory, findings),
          to);
    }
  }

  @Test
  void itIsJudgedAsOfThen() throws Exception {
    assertThat(run("-o", "json", file().toString())).as(err.toString()).isEqualTo(Exit.FAILED);

    JsonNode report = JSON.readTree(out.toString());
    assertThat(report.path("at").asText()).isEqualTo(THEN.toString());
    assertThat(report.path("volumes").valueStream())
        .extracting(line -> line.path("name").asText() + " " + line.path("verdict").asText())
        .containsExactly("forgotten Unprotected", "kept Sealed");
    assertThat(err.toString()).contains("--config");
  }

  @Test
  void oneThatWasCutIsNoAudit() throws Exception {
    String whole = Files.readString(file());
    Files.writeString(file(), whole.substring(0, whole.length() / 2));

    assertThat(run(file().toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains(file().toString(), "save it again");
  }

  @Test
  void ofANamespaceIsSaidWhenItIsSaved() {
    assertThat(run("-n", "shop", file().toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--namespace");
  }

  private Path file() {
    return folder.resolve("prod.inventory");
  }

  private int run(String... arguments) {
    return Invocation.run(out, err, "audit", arguments);
  }
}
