package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.muster.auditor.Policies;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What counts as a volume, and who uses it.
class SubjectsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ObjectReader reader = new ObjectReader();
  private final Inventory inventory = new Inventory();

  @Test
  void aVolumeIsFoundOnceWhateverBecomesOfItsClaim() throws Exception {
    put(volume("bound", "shop", "data", "Bound"));
    put(volume("released", "shop", "data", "Released"));
    put(volume("new", "", "", "Available"));
    put(claim("data", "bound"));

    assertThat(said())
        .containsExactlyInAnyOrder(
            "PersistentVolumeClaim shop/data Unprotected nobody-asked",
            "PersistentVolume shop/released Unprotected left-behind",
            "PersistentVolume /new Excluded never-claimed");
    CoverageReport.Line line = line("data");
    assertThat(line.persistentVolume()).isEqualTo("bound");
    assertThat(line.reclaimPolicy()).isEqualTo("Retain");
    assertThat(line.created()).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(line("released").size()).isEqualTo("5Gi");
  }

  @Test
  void aClaimThatWasMadeAnewIsNotTheOneThatAVolumeBelongsTo() throws Exception {
    put(volume("pv", "shop", "data", "Released").replace("claimRef: {", "claimRef: {uid: old, "));
    put(claim("data", "pv").replace("name: data", "uid: new, name: data"));

    assertThat(said())
        .containsExactlyInAnyOrder(
            "PersistentVolumeClaim shop/data Unprotected nobody-asked",
            "PersistentVolume shop/pv Unprotected left-behind");
  }

  @Test
  void claimsToComeHaveTheNumbersThatTheirSetBeginsWith() throws Exception {
    put(
        """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {namespace: shop, name: db}, spec: {
          replicas: 2, ordinals: {start: 5}, template: {spec: {}},
          volumeClaimTemplates: [{metadata: {name: data}}]}}
        """);

    assertThat(report().volumes())
        .extracting(CoverageReport.Line::name)
        .containsExactly("data-db-5", "data-db-6");
  }

  @Test
  void whatRunsBeforeOrBesideTheContainersWritesToo() throws Exception {
    put(
        """
        {apiVersion: apps/v1, kind: Deployment, metadata: {namespace: shop, name: web}, spec: {
          template: {spec: {
            initContainers: [{name: sync, volumeMounts: [{name: v, mountPath: /x}]}],
            containers: [{name: c, volumeMounts: [{name: v, mountPath: /x, readOnly: true}]}],
            volumes: [{name: v, nfs: {server: nas, path: /x}}]}}}}
        """);

    assertThat(said()).containsExactly("nfs shop/web/v Unprotected not-a-claim");
  }

  @Test
  void aVolumeMovesWithItsClaim() throws Exception {
    put(volume("pv", "", "", "Available"));
    assertThat(said()).containsExactly("PersistentVolume /pv Excluded never-claimed");

    put(claim("data", "pv"));
    put(volume("pv", "shop", "data", "Bound"));
    assertThat(said()).containsExactly("PersistentVolumeClaim shop/data Unprotected nobody-asked");

    inventory.remove(Kind.CLAIM, ObjectName.in("shop", "data"));
    assertThat(said()).containsExactly("PersistentVolume shop/pv Unprotected left-behind");

    inventory.remove(Kind.VOLUME, ObjectName.global("pv"));
    assertThat(said()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Deployment | {hostPath: {path: /srv/files}}            | false | hostPath",
        "Deployment | {hostPath: {path: /srv/files}}            | true  | ''",
        "Deployment | {hostPath: {path: /var/log}}              | false | ''",
        "Deployment | {hostPath: {path: /}}                     | false | ''",
        "DaemonSet  | {hostPath: {path: /srv/files}}            | false | ''",
        "DaemonSet  | {hostPath: {path: /srv/pg}}               | data  | hostPath",
        "Deployment | {nfs: {server: nas, path: /x}}            | false | nfs",
        "Deployment | {nfs: {server: nas, path: /x, readOnly: true}} | false | ''",
        "Deployment | {nfs: {server: nas, path: /x}}            | true  | ''",
        "Deployment | {csi: {driver: inline.example.com}}       | false | ''",
        "Deployment | {csi: {driver: inline.example.com}}       | data  | csi",
        "Deployment | {emptyDir: {}}                            | false | ''",
        "Deployment | {emptyDir: {}}                            | data  | emptyDir",
        "Deployment | {ephemeral: {}}                           | false | ephemeral",
        "Deployment | {configMap: {name: x}}                    | data  | ''",
        "Deployment | {secret: {secretName: x}}                 | false | ''",
      })
  void whatAPodMountsWithoutAClaimCountsWhereItOutlivesThePodOrHoldsAnEnginesData(
      String kind, String source, String readOnly, String expected) throws Exception {
    boolean data = readOnly.equals("data");
    put(
        """
        {apiVersion: apps/v1, kind: %s, metadata: {namespace: shop, name: web}, spec: {
          template: {spec: {containers: [{name: c, image: "%s", volumeMounts: [
            {name: v, mountPath: %s, readOnly: %s}]}], volumes: [%s]}}}}
        """
            .formatted(
                kind,
                data ? "postgres:16" : "nginx",
                data ? "/var/lib/postgresql/data" : "/files",
                readOnly.equals("true"),
                "{name: v, " + source.substring(1)));

    assertThat(report().volumes())
        .extracting(CoverageReport.Line::volume)
        .isEqualTo(expected.equals("''") ? List.of() : List.of(expected));
  }

  @Test
  void anEphemeralVolumeIsItsClaimOnceThatIsThere() throws Exception {
    put(
        """
        {apiVersion: apps/v1, kind: StatefulSet, metadata: {namespace: shop, name: db}, spec: {
          template: {spec: {containers: [{name: c, image: x, volumeMounts: [
            {name: scratch, mountPath: /x}]}], volumes: [{name: scratch, ephemeral: {}}]}}}}
        """);
    put(
        """
        {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: db-0, ownerReferences: [
          {apiVersion: apps/v1, kind: StatefulSet, name: db, controller: true}]},
         spec: {volumes: [{name: scratch, ephemeral: {}}]}}
        """);
    put(
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {namespace: shop,
          name: db-0-scratch, ownerReferences: [
          {apiVersion: v1, kind: Pod, name: db-0, controller: true}]}, spec: {}}
        """);

    assertThat(report().volumes())
        .singleElement()
        .satisfies(line -> {
          assertThat(line.name()).isEqualTo("db-0-scratch");
          assertThat(line.workload()).isEqualTo("StatefulSet/db");
        });
  }

  @Test
  void aPodOfNobodyAndOneOfAnOperatorAreUsersWithTheirEngines() throws Exception {
    put(claim("bare", ""));
    put(claim("owned", ""));
    put(pod("lonely", "bare", ""));
    put(
        pod(
            "orders-1",
            "owned",
            "ownerReferences: [{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, name: orders,"
                + " controller: true}],"));

    assertThat(line("bare").workload()).isEqualTo("Pod/lonely");
    assertThat(line("bare").engine()).isEqualTo("postgresql");
    assertThat(line("owned").owners()).containsExactly("Pod/orders-1", "Cluster/orders");
    assertThat(line("owned").engine()).isEqualTo("postgresql");
    assertThat(line("owned").reason()).isEqualTo("operator-owned");
  }

  @Test
  void whatRunsOnceInAWhileUsesAClaimThatNothingElseDoes() throws Exception {
    put(claim("files", ""));
    put(claim("archive", ""));
    put(workload("Deployment", "web", "template", "files"));
    put(cronJob("copy", "files", "archive"));

    assertThat(line("files").workload()).isEqualTo("Deployment/web");
    assertThat(line("archive").workload()).isEqualTo("CronJob/copy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "protect: 'false'       | protect: 'true'        | Deployment/b not-yet",
        "exclude-volumes: files | protect: 'true'        | Deployment/b not-yet",
        "exclude-volumes: files | exclude-volumes: other | Deployment/a data-excluded",
        "protect: 'false'       | rpo: 24h               | Deployment/a opted-out",
        "protect: 'true'        | protect: 'false'       | Deployment/a not-yet",
      })
  void anOptOutOfOneUserHoldsWhileNobodyElseWantsTheClaimProtected(String a, String b, String said)
      throws Exception {
    put(claim("files", ""));
    put(annotated(workload("Deployment", "a", "template", "files"), a));
    put(annotated(workload("Deployment", "b", "template", "files"), b));

    CoverageReport.Line line = line("files");

    assertThat(line.workload() + " " + line.reason()).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "orders.abc.eu-west-1.rds.amazonaws.com., 80, true",
    "db.example.com, 5432, true",
    "www.example.com, 443, false",
    "notrds.amazonaws.com.example.com, 443, false",
  })
  void aServiceOfADatabaseElsewhereIsTold(String host, int port, boolean told) throws Exception {
    put(
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: orders}, spec: {
          type: ExternalName, externalName: %s, ports: [{port: %d}]}}
        """
            .formatted(host, port));
    put(
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: inside}, spec: {
          clusterIP: 10.0.0.1, ports: [{port: 5432}]}}
        """);

    assertThat(said()).isEqualTo(told ? List.of("Service shop/orders Unknown outside") : List.of());
  }

  @Test
  void aServiceMaySayThatItsProviderMakesBackups() throws Exception {
    put(
        """
        {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: orders, annotations: {
          muster.dev/protect: "false", muster.dev/waiver-owner: ops,
          muster.dev/waiver-reason: RDS keeps 35 days, muster.dev/waiver-until: "2027-06-01"}},
         spec: {externalName: orders.x.rds.amazonaws.com}}
        """);

    assertThat(line("orders").verdict()).isEqualTo("Waived");
  }

  private static String volume(String name, String namespace, String claim, String phase) {
    return """
    {apiVersion: v1, kind: PersistentVolume, metadata: {name: %s}, spec: {
      persistentVolumeReclaimPolicy: Retain, capacity: {storage: 5Gi},
      claimRef: {namespace: "%s", name: "%s"}}, status: {phase: %s}}
    """
        .formatted(name, namespace, claim, phase);
  }

  private static String claim(String name, String volume) {
    return """
    {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {namespace: shop, name: %s,
      creationTimestamp: "2026-11-01T00:00:00Z"}, spec: {volumeName: "%s"},
     status: {phase: Bound}}
    """
        .formatted(name, volume);
  }

  private static String pod(String name, String claim, String owners) {
    return """
    {apiVersion: v1, kind: Pod, metadata: {%s namespace: shop, name: %s}, spec: %s}
    """
        .formatted(owners, name, spec(claim));
  }

  private static String workload(String kind, String name, String template, String... claims) {
    return """
    {apiVersion: apps/v1, kind: %s, metadata: {namespace: shop, name: %s}, spec: {
      %s: {spec: %s}}}
    """
        .formatted(kind, name, template, spec(claims));
  }

  private static String annotated(String object, String key) {
    return object.replaceFirst("name:", "annotations: {muster.dev/" + key + "}, name:");
  }

  private static String cronJob(String name, String... claims) {
    return """
    {apiVersion: batch/v1, kind: CronJob, metadata: {namespace: shop, name: %s}, spec: {
      jobTemplate: {spec: {template: {spec: %s}}}}}
    """
        .formatted(name, spec(claims));
  }

  private static String spec(String... claims) {
    StringBuilder volumes = new StringBuilder();
    StringBuilder mounts = new StringBuilder();
    for (String claim : claims) {
      volumes.append("{name: %s, persistentVolumeClaim: {claimName: %s}},".formatted(claim, claim));
      mounts.append("{name: %s, mountPath: /var/lib/postgresql/data},".formatted(claim));
    }
    return "{containers: [{name: c, image: \"postgres:16\", volumeMounts: [%s]}], volumes: [%s]}"
        .formatted(mounts, volumes);
  }

  private void put(String yaml) throws Exception {
    JsonNode object = YAML.readTree(yaml);
    Kind kind =
        Kind.of(object.path("apiVersion").asText(), object.path("kind").asText()).orElseThrow();
    inventory.put(reader.read(kind, object));
  }

  private List<String> said() {
    return report().volumes().stream()
        .map(line ->
            "%s %s/%s %s %s"
                .formatted(
                    line.volume(), line.namespace(), line.name(), line.verdict(), line.reason()))
        .toList();
  }

  private CoverageReport.Line line(String name) {
    return report().volumes().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private CoverageReport report() {
    return Coverage.ahead(
            Policies.CONFIGURATION,
            Policies.PROFILES,
            Policies.ENGINE,
            InstantSource.fixed(Instant.parse("2026-11-30T00:00:00Z")))
        .report(inventory, Findings.none());
  }
}
