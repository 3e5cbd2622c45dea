package dev.muster.auditor.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.auditor.Policies;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.ForeignFailure;
import dev.muster.auditor.evidence.ForeignPoint;
import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.evidence.Intent;
import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.ObjectName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryFileTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");
  private static final ObjectName FILES = ObjectName.in("shop", "files");

  private final Inventory inventory = new Inventory();
  private final Findings findings = new Findings();

  @BeforeEach
  void cluster() throws Exception {
    put("{apiVersion: v1, kind: Namespace, metadata: {name: shop, uid: u1}}");
    put(
        """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {namespace: shop, name: db, uid: u2,
          annotations: {muster.dev/protect: "true"}}, spec: {replicas: 2,
          template: {spec: {containers: [{name: main, image: "postgres:16", volumeMounts: [
            {name: data, mountPath: /var/lib/postgresql/data}]}]}},
          volumeClaimTemplates: [{metadata: {name: data}}]}}
        """);
    put(
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {namespace: shop, name: files,
          uid: u3, creationTimestamp: "2026-11-01T00:00:00Z"}, spec: {volumeName: pv},
          status: {phase: Bound}}
        """);
    put(
        """
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: pv}, spec: {
          claimRef: {namespace: shop, name: files}, csi: {driver: d, volumeHandle: h}}}
        """);
    put(
        """
        {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: lonely, uid: u4}, spec: {
          volumes: [{name: v, persistentVolumeClaim: {claimName: files}}]}}
        """);
    put(
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: far}, spec: {
          externalName: x.rds.amazonaws.com}}
        """);
    inventory.missing("cronjobs cannot be read", false);
    findings.add(new Found.Point(FILES, new ForeignPoint("K8up", "Snapshot/s", NOW)));
    findings.add(
        new Found.Failure(FILES, new ForeignFailure("K8up", "Backup/b", NOW.minusSeconds(9), "x")));
    findings.add(new Found.Meant(FILES, new Intent("Velero", "Schedule/nightly")));
    findings.add(new Found.Gap("backups.velero.io cannot be read"));
    findings.add(new Found.Database(database(Map.of())));
    findings.add(new Found.DatabaseGap("dbsnapshots.rds.services.k8s.aws cannot be read"));
  }

  @Test
  void whatIsReadAgainGivesTheSameReport() throws Exception {
    SavedInventory again = read(written());

    CoverageReport report = report(inventory, findings);
    assertThat(report(again.inventory(), again.findings())).isEqualTo(report);
    assertThat(report.volumes()).hasSize(5);
    assertThat(report.gaps()).hasSize(3);
    assertThat(again.header()).isEqualTo(SavedInventory.Header.of("prod", "c0ffee", NOW, null));
    assertThat(again.findings().all().toList())
        .containsExactlyInAnyOrderElementsOf(findings.all().toList());
  }

  @Test
  void ofAnnotationsOnlyWhatAnAuditAsksForIsInTheFile() throws Exception {
    put(
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {namespace: shop, name: told,
          annotations: {muster.dev/protect: "true", k8up.io/backup: "false",
            k8up.io/backupcommand: mysqldump -phunter2, kapp.k14s.io/original: hunter2,
            example.org/password: hunter2}}}
        """);
    findings.add(
        new Found.Database(
            database(Map.of("muster.dev/rpo", "96h", "example.org/password", "hunter2"))));

    assertThat(written())
        .contains("muster.dev/protect", "muster.dev/rpo", "k8up.io/backupcommand")
        .doesNotContain("hunter2");
    assertThat(read(written()).inventory().find("shop").orElseThrow().claim("told"))
        .get()
        .extracting(claim -> claim.metadata().annotations().get("k8up.io/backup"))
        .isEqualTo("false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "T", "True", "TRUE", "1", "false", "f", "no"})
  void whatSwitchesAToolOnOrOffIsKeptAsItIs(String value) throws Exception {
    put(
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {namespace: shop, name: told,
          annotations: {k8up.io/backup: "%s"}}}
        """
            .formatted(value));

    assertThat(read(written()).inventory().find("shop").orElseThrow().claim("told"))
        .get()
        .extracting(claim -> claim.metadata().annotations().get("k8up.io/backup"))
        .isEqualTo(value);
  }

  @Test
  void aFileThatWasCutAnywhereIsRefused() throws Exception {
    String whole = written();

    for (int length = 0; length < whole.length() - 1; length++) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> read(cut))
          .as("after %d characters", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("saved.jsonl");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"muster\":\"inventory/v2\",\"cluster\":\"c\",\"clusterUid\":\"u\"}",
        "null",
        "[]",
        "{\"muster\":\"inventory/v1\",\"cluster\":\"c\",\"clusterUid\":\"u\"}\nnull\n",
        "{\"muster\":\"inventory/v1\",\"cluster\":\"c\",\"clusterUid\":\"u\"}\n{\"end\":{\"lines\":3}}\n",
        "{\"muster\":\"inventory/v1\",\"cluster\":\"c\",\"clusterUid\":\"u\"}\n"
            + "{\"object\":{\"facts\":{\"secret\":{}}}}\n",
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("saved.jsonl");
  }

  private String written() throws IOException {
    StringWriter to = new StringWriter();
    InventoryFile.write(
        new SavedInventory(
            SavedInventory.Header.of("prod", "c0ffee", NOW, null), inventory, findings),
        to);
    assertThat(InventoryFile.begins(to.toString())).isTrue();
    return to.toString();
  }

  private static SavedInventory read(String text) throws IOException {
    return InventoryFile.read("saved.jsonl", new BufferedReader(new StringReader(text)));
  }

  private static CoverageReport report(Inventory inventory, Findings findings) {
    return Coverage.of(
            Policies.CONFIGURATION,
            Policies.PROFILES,
            Policies.ENGINE,
            "c0ffee",
            java.util.Optional.empty(),
            List.of(),
            InstantSource.fixed(NOW))
        .report(inventory, findings);
  }

  private static OutsideDatabase database(Map<String, String> annotations) {
    return new OutsideDatabase(
        "DBInstance.rds.services.k8s.aws",
        new Metadata("", "orders", "u5", Map.of(), annotations, null, NOW),
        "postgresql",
        "20Gi",
        "available",
        OutsideDatabase.State.PRESENT,
        true,
        List.of(new ForeignPoint("AWS RDS", "DBInstance/orders", NOW)));
  }

  private void put(String yaml) throws Exception {
    JsonNode object = YAML.readTree(yaml);
    Kind kind =
        Kind.of(object.path("apiVersion").asText(), object.path("kind").asText()).orElseThrow();
    inventory.put(new ObjectReader().read(kind, object));
  }
}
