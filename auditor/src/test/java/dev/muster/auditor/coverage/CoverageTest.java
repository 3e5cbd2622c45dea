package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.auditor.Policies;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.repository.BackupStore;
import dev.muster.repository.SigningKey;
import dev.muster.repository.StoreException;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final MemoryBackupStore store = new MemoryBackupStore(clock);
  private final SigningKey key = SigningKey.generate();

  @BeforeEach
  void database() {
    Database.mounted(cluster);
  }

  @Test
  @Covers("F15")
  void everyClaimAppearsOnceWhateverItsPhaseAndUser() {
    cluster.create(claim("data-db-0", "Bound"));
    cluster.create(claim("forgotten", "Bound"));
    cluster.create(claim("waiting", "Pending"));
    cluster.create(claim("lost", "Lost"));

    CoverageReport report = report(Optional.of(store));

    assertThat(report.volumes())
        .extracting(CoverageReport.Line::name)
        .containsExactlyInAnyOrder("data-db-0", "forgotten", "waiting", "lost");
    assertThat(line(report, "forgotten").verdict()).isEqualTo("Unprotected");
    assertThat(line(report, "forgotten").nextStep()).isNotEmpty();
    assertThat(line(report, "data-db-0").workload()).isEqualTo("StatefulSet/db");
  }

  @ParameterizedTest
  @CsvSource({"muster-drill-a1, 0", "elsewhere, 1", "muster-drill-unlabelled, 1"})
  @Covers("O8")
  void onlyADrillsOwnNamespaceIsLeftOut(String namespace, int lines) {
    boolean labelled = !namespace.endsWith("unlabelled");
    cluster.create(
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(namespace)
            .withLabels(labelled ? Map.of("muster.dev/drill", "x") : Map.of())
            .endMetadata()
            .build());
    PersistentVolumeClaim claim = claim("copy", "Bound");
    claim.getMetadata().setNamespace(namespace);
    cluster.create(claim);

    assertThat(report(Optional.of(store)).volumes())
        .filteredOn(line -> line.name().equals("copy"))
        .hasSize(lines);
  }

  @Test
  @Covers("B11")
  void whatAnOperatorOwnsIsReportedAsItsOwn() {
    cluster.create(claim("data-db-0", "Bound"));
    cluster.edit(
        StatefulSet.class,
        Database.SET,
        set -> {
          set.getMetadata().setAnnotations(Map.of());
          set.getMetadata()
              .setOwnerReferences(
                  List.of(
                      new OwnerReferenceBuilder()
                          .withApiVersion("acid.zalan.do/v1")
                          .withKind("postgresql")
                          .withName("db")
                          .withUid("u")
                          .withController(true)
                          .build()));
        });

    CoverageReport.Line line = line(report(Optional.of(store)), "data-db-0");

    assertThat(line.verdict()).isEqualTo("Unprotected");
    assertThat(line.reason()).isEqualTo("operator-owned");
  }

  @Test
  void aPointOfAnotherToolProtectsAndIsNamed() throws Exception {
    cluster.create(claim("forgotten", "Bound"));
    clock.pass(Duration.ofHours(1));
    snapshotOfForgotten(clock.instant().minusSeconds(60).toString());

    CoverageReport.Line line = line(report(Optional.of(store)), "forgotten");

    assertThat(line.verdict()).isEqualTo("Sealed");
    assertThat(line.newestOf()).isEqualTo("K8up Snapshot/s1");
    assertThat(line.points()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "-PT1M, Sealed, committed",
    "-PT61S, Unprotected, before-the-claim",
  })
  void aPointFromBeforeTheClaimIsOfAnother(Duration since, String verdict, String reason)
      throws Exception {
    cluster.create(claim("forgotten", "Bound"));
    snapshotOfForgotten(clock.instant().plus(since).toString());
    clock.pass(Duration.ofHours(1));

    CoverageReport.Line line = line(report(Optional.of(store)), "forgotten");

    assertThat(line.verdict()).isEqualTo(verdict);
    assertThat(line.reason()).isEqualTo(reason);
  }

  @Test
  void whatAnotherToolFailedAtIsTheNextStep() throws Exception {
    cluster.create(claim("forgotten", "Bound"));
    cluster.plain(
        new GroupVersionResource("velero.io", "v2alpha1", "datauploads"),
        List.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"metadata":{"namespace":"velero","name":"nightly"},
                     "spec":{"sourceNamespace":"shop","sourcePVC":"forgotten"},
                     "status":{"phase":"Failed","completionTimestamp":"%s","message":"no node"}}
                    """
                        .formatted(clock.instant()))));

    CoverageReport.Line line = line(report(Optional.of(store)), "forgotten");

    assertThat(line.reason()).isEqualTo("first-run-failed");
    assertThat(line.nextStep())
        .isEqualTo("look at Velero DataUpload/nightly: it tells why the last attempt failed");
  }

  @Test
  void aPointOfATimeToComeIsNone() throws Exception {
    cluster.create(claim("forgotten", "Bound"));
    snapshotOfForgotten("2099-01-01T00:00:00Z");

    assertThat(line(report(Optional.of(store)), "forgotten").verdict()).isEqualTo("Unprotected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"podvolumebackups", "persistentvolumes", "pods"})
  void whileSomethingCannotBeReadNothingIsCalledUnprotected(String forbidden) {
    cluster.create(claim("forgotten", "Bound"));
    cluster.plain(new GroupVersionResource("velero.io", "v1", "podvolumebackups"), List.of());
    cluster.plainGate(resource -> {
      if (resource.plural().equals(forbidden)) {
        throw new ClusterException.Forbidden("list " + resource + ": forbidden");
      }
    });

    CoverageReport report = report(Optional.of(store));

    assertThat(line(report, "forgotten").verdict()).isEqualTo("Unknown");
    assertThat(line(report, "forgotten").reason()).isEqualTo("evidence-gap");
    assertThat(report.gaps()).singleElement().asString().contains(forbidden, "grant list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespaces", "persistentvolumeclaims", "statefulsets"})
  void withoutWhatHoldsContractsThereIsNoReport(String forbidden) {
    cluster.plainGate(resource -> {
      if (resource.plural().equals(forbidden)) {
        throw new ClusterException.Forbidden("list " + resource + ": forbidden");
      }
    });

    assertThatThrownBy(() -> report(Optional.of(store)))
        .isInstanceOf(ClusterException.Forbidden.class)
        .hasMessageContaining(forbidden);
  }

  @Test
  void claimStillToComeIsASubject() {
    CoverageReport report = report(Optional.of(store));

    assertThat(line(report, "data-db-0").volume()).isEqualTo("template");
    assertThat(line(report, "data-db-0").verdict()).isEqualTo("IntentOnly");
  }

  @Test
  @Covers("F69")
  void storeThatCannotBeReadMakesTheVerdictUnknown() {
    cluster.create(claim("data-db-0", "Bound"));

    CoverageReport report = report(Optional.of(dead()));

    assertThat(line(report, "data-db-0").verdict()).isEqualTo("Unknown");
    assertThat(report.storeRead()).isFalse();
  }

  @Test
  void withoutAStoreWhatNobodyAskedForIsStillNamed() {
    cluster.create(claim("forgotten", "Bound"));

    CoverageReport report = report(Optional.empty());

    assertThat(line(report, "forgotten").verdict()).isEqualTo("Unprotected");
  }

  @Test
  @Covers("F11")
  void invalidContractIsUnprotectedAndNamesKeyAndValue() {
    cluster.edit(
        StatefulSet.class,
        Database.SET,
        set ->
            set.getMetadata()
                .setAnnotations(
                    Map.of("muster.dev/protect", "true", "muster.dev/rpo", "tomorrow")));
    cluster.create(claim("data-db-0", "Bound"));

    CoverageReport.Line line = line(report(Optional.of(store)), "data-db-0");

    assertThat(line.verdict()).isEqualTo("Unprotected");
    assertThat(line.reason()).isEqualTo("invalid-contract");
    assertThat(line.problems()).singleElement().asString().contains("muster.dev/rpo", "tomorrow");
  }

  @Test
  @Covers("F1")
  void thousandWorkloadsThatAdmissionNeverSawAreAllListed() {
    StatefulSet model = cluster.get(StatefulSet.class, Database.SET);
    for (int i = 0; i < 1000; i++) {
      cluster.create(
          new StatefulSetBuilder(model)
              .editMetadata()
              .withName("db" + i)
              .withResourceVersion(null)
              .withAnnotations(Map.of())
              .endMetadata()
              .build());
      cluster.create(claim("data-db" + i + "-0", "Bound"));
    }

    CoverageReport report = report(Optional.of(store));

    assertThat(report.volumes()).hasSize(1001);
    assertThat(report.volumes().stream().filter(CoverageReport.Line::covered)).isEmpty();
    assertThat(line(report, "data-db999-0").verdict()).isEqualTo("Unprotected");
  }

  @Test
  void worstVerdictComesFirst() {
    cluster.create(claim("data-db-0", "Bound"));
    cluster.create(claim("forgotten", "Bound"));

    assertThat(report(Optional.of(store)).volumes())
        .extracting(CoverageReport.Line::verdict)
        .containsExactly("Unprotected", "IntentOnly");
  }

  /// One of K8up, of the claim `forgotten`.
  private void snapshotOfForgotten(String date) throws JsonProcessingException {
    cluster.plain(
        new GroupVersionResource("k8up.io", "v1", "snapshots"),
        List.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"metadata":{"namespace":"shop","name":"s1"},
                     "spec":{"date":"%s","paths":["/data/forgotten"]}}
                    """
                        .formatted(date))));
  }

  private CoverageReport report(Optional<BackupStore> from) {
    Inventory inventory = Inventory.list(cluster, null);
    return Coverage.of(
            Policies.CONFIGURATION,
            Policies.PROFILES,
            Policies.ENGINE,
            "c0ffee00-0000-4000-8000-000000000001",
            from,
            List.of(key.publicKey()),
            clock)
        .report(
            inventory,
            new OtherTools(cluster, Policies.CONFIGURATION.evidence(), clock).of(inventory));
  }

  private static CoverageReport.Line line(CoverageReport report, String name) {
    return report.volumes().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static BackupStore dead() {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (self, method, arguments) -> {
              throw new StoreException(StoreException.Kind.DENIED, "credential revoked", null);
            });
  }

  private static PersistentVolumeClaim claim(String name, String phase) {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .endStatus()
        .build();
  }
}
