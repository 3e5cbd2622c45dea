package dev.muster.auditor.controls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.auditor.Policies;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyException;
import dev.muster.policies.PolicyOutcome;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Manifest.ConsistencyClass;
import dev.muster.repository.SigningKey;
import dev.muster.repository.memory.MemoryBackupStore;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From a cluster and a store to what the controls say.
class ControlAuditTest {
  private static final String RUNNING =
      """
      stores: { main: { endpoint: "https://s3", bucket: b } }
      recipients: [%s]
      signing: { key-file: /etc/muster/signing/signing.pem }
      """
          .formatted("age1" + "q".repeat(58));
  private static final Configuration DEFAULTS = ConfigurationReader.read("muster.yaml", RUNNING);
  private static final Duration QUICK = Duration.ofSeconds(27);

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final MemoryBackupStore store = new MemoryBackupStore(clock);
  private final SigningKey key = SigningKey.generate();

  @BeforeEach
  void database() {
    Database.mounted(cluster);
    claim("data-db-0");
  }

  @Test
  void whatMusterHasDrilledPassesAllThatThereIsEvidenceOf() {
    point().in(store, key).drilled(store, key, clock.instant(), "proven", QUICK);
    clock.pass(Duration.ofHours(1));

    assertThat(statuses())
        .containsOnly(
            entry("air-gapped-copy", "not-evaluated"),
            entry("captured-equals-expected", "pass"),
            entry("copy-in-another-account", "not-evaluated"),
            entry("copy-in-another-region", "not-evaluated"),
            entry("drill-passed-within", "pass"),
            entry("hooks-consistent", "pass"),
            entry("newest-point-within", "pass"),
            entry("plan-frequency-and-retention", "pass"),
            entry("point-retention", "pass"),
            entry("points-cannot-be-deleted-by-hand", "not-evaluated"),
            entry("points-encrypted", "pass"),
            entry("protected-by-plan", "pass"),
            entry("restore-time-within", "pass"),
            entry("runbook-reviewed", "not-evaluated"),
            entry("store-locked", "not-evaluated"),
            entry("waiver-not-expired", "not-applicable"));
  }

  @Test
  void eachWeaknessOfAPointFailsItsControlAlone() {
    assertThat(failing(point())).containsExactly("drill-passed-within");
    assertThat(failing(point().guarantee(ConsistencyClass.NONE)))
        .containsExactly("drill-passed-within", "hooks-consistent");
    assertThat(failing(point().retention("7d")))
        .containsExactly("drill-passed-within", "point-retention");
    assertThat(failing(point().recipients(List.of())))
        .containsExactly("drill-passed-within", "points-encrypted");
  }

  @Test
  void aManifestThatSaysItsDumpHasNoEndIsNoPoint() {
    point().withoutTrailer().in(store, key);

    assertThat(statuses()).containsEntry("newest-point-within", "fail");
  }

  @Test
  void aPointWithoutWhatTheContractNamesIsNotComplete() {
    point().withoutTheLastStream().in(store, key);

    assertThat(statuses())
        .containsEntry("captured-equals-expected", "fail")
        .containsEntry("newest-point-within", "fail");
  }

  @Test
  void aPointWithoutWhatTheContractNamesMustBeEncryptedToo() {
    point().withoutTheLastStream().recipients(List.of()).in(store, key);
    clock.pass(Duration.ofHours(1));
    point().in(store, key);

    assertThat(statuses())
        .containsEntry("points-encrypted", "fail")
        .containsEntry("captured-equals-expected", "pass");
  }

  @Test
  void aPointFarBelowTheTrendIsNotComplete() {
    point().bytes(10_000).in(store, key);
    clock.pass(Duration.ofHours(1));
    point().bytes(10).recipients(List.of()).in(store, key);

    assertThat(statuses())
        .containsEntry("points-encrypted", "fail")
        .containsEntry("captured-equals-expected", "fail")
        .containsEntry("newest-point-within", "pass");
  }

  @Test
  void ofAllDatabasesNobodyButTheServerKnowsWhichTheyAre() {
    annotate(Map.of("muster.dev/protect", "true", "muster.dev/databases", "*"));
    point().in(store, key);

    assertThat(statuses()).containsEntry("captured-equals-expected", "not-evaluated");
  }

  @ParameterizedTest
  @CsvSource({
    "proven,       PT59M,  29, pass, pass",
    "proven,       PT61M,  29, pass, fail",
    "proven,       PT59M,  31, fail, pass",
    "disproven,    PT59M,  1,  fail, not-evaluated",
    "inconclusive, PT59M,  1,  fail, not-evaluated",
  })
  void onlyADrillThatPassedCounts(
      String outcome, Duration recovery, int days, String passed, String quick) {
    point().in(store, key).drilled(store, key, clock.instant(), outcome, recovery);
    clock.pass(Duration.ofDays(days));

    assertThat(statuses())
        .containsEntry("drill-passed-within", passed)
        .containsEntry("restore-time-within", quick);
  }

  @Test
  void agesAreHeldAgainstTheParametersOfTheScope() {
    point().in(store, key);
    clock.pass(Duration.ofHours(2));

    assertThat(statuses(Optional.of(store), configured("{ namespaces: [bank] }")))
        .containsEntry("newest-point-within", "pass");
    assertThat(statuses(Optional.of(store), configured("{ namespaces: [shop] }")))
        .containsEntry("newest-point-within", "fail");
    assertThat(statuses(Optional.of(store), configured("{ workload-labels: { app: db } }")))
        .containsEntry("newest-point-within", "pass");
    cluster.edit(
        StatefulSet.class, Database.SET, set -> set.getMetadata().setLabels(Map.of("app", "db")));
    assertThat(statuses(Optional.of(store), configured("{ workload-labels: { app: db } }")))
        .containsEntry("newest-point-within", "fail");
  }

  @Test
  void aRestoreMayTakeWhatTheContractPromisesUnlessSomethingElseIsDemanded() {
    point().in(store, key).drilled(store, key, clock.instant(), "proven", Duration.ofMinutes(20));
    annotate(Map.of("muster.dev/protect", "true", "muster.dev/rto", "10m"));
    var half = configured("{ namespaces: [shop], restore-time-within: { within: 30m } }");

    assertThat(statuses()).containsEntry("restore-time-within", "fail");
    assertThat(statuses(Optional.of(store), half)).containsEntry("restore-time-within", "pass");
  }

  @ParameterizedTest
  @CsvSource({
    "H 2 * * *,   7d 4w 12m, pass",
    "H 2 * * 1-5, 7d 4w 12m, fail",
    "@hourly,     7d 6m,     pass",
    "H 2 * * *,   30d,       fail",
    "H 2 * * *,   last=500,  fail",
    "0 0 31 2 *,  7d 4w 12m, fail",
  })
  void aPlanIsHeldAgainstItsParameters(String schedule, String retention, String status) {
    annotate(
        Map.of(
            "muster.dev/protect", "true",
            "muster.dev/schedule", schedule,
            "muster.dev/retention", retention));

    assertThat(statuses()).containsEntry("plan-frequency-and-retention", status);
  }

  @Test
  void aPlanThatNobodyRunsProtectsNothing() {
    var off = ConfigurationReader.read("muster.yaml", RUNNING + "backups: false");

    assertThat(statuses()).containsEntry("protected-by-plan", "pass");
    assertThat(statuses(Optional.of(store), off)).containsEntry("protected-by-plan", "fail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "stores: { main: { endpoint: 'https://s3', bucket: b } }"})
  void whoRunsThePlanIsNotKnownWithoutStoreAndKey(String yaml) {
    String recipients = yaml.equals("{}") ? "" : "\nrecipients: [age1" + "q".repeat(58) + "]";
    var half = ConfigurationReader.read("muster.yaml", yaml + recipients);

    assertThat(statuses(Optional.of(store), half))
        .containsEntry("protected-by-plan", "not-evaluated");
  }

  @Test
  void withoutAStoreNothingIsSaidOfPoints() {
    Map<String, String> said = statuses(Optional.empty(), DEFAULTS);

    assertThat(said)
        .containsEntry("protected-by-plan", "pass")
        .containsEntry("newest-point-within", "not-evaluated")
        .containsEntry("drill-passed-within", "not-evaluated")
        .containsEntry("points-encrypted", "not-evaluated");
    assertThat(said).doesNotContainValue("fail");
  }

  @Test
  void ofAPointOfAnotherToolOnlyItsAgeIsKnown() throws Exception {
    annotate(Map.of());
    cluster.plain(
        new GroupVersionResource("k8up.io", "v1", "snapshots"),
        List.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"metadata":{"namespace":"shop","name":"s1"},
                     "spec":{"date":"%s","paths":["/data/data-db-0"]}}
                    """
                        .formatted(clock.instant()))));

    assertThat(statuses())
        .containsEntry("newest-point-within", "pass")
        .containsEntry("protected-by-plan", "not-evaluated")
        .containsEntry("points-encrypted", "not-evaluated")
        .containsEntry("point-retention", "not-evaluated")
        .containsEntry("hooks-consistent", "not-evaluated")
        .containsEntry("captured-equals-expected", "not-evaluated")
        .containsEntry("drill-passed-within", "not-evaluated");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20, shop/*, waived, pass",
    "2026-11-20, bank/*, fail,   pass",
    "2026-10-20, shop/*, fail,   fail",
  })
  void aWaiverThatHoldsAndIsApprovedWaivesWhatWouldFail(
      String until, String approved, String status, String waiver) {
    annotate(
        Map.of(
            "muster.dev/protect", "false",
            "muster.dev/waiver-owner", "ops",
            "muster.dev/waiver-reason", "can be computed again",
            "muster.dev/waiver-until", until));
    var configuration =
        ConfigurationReader.read(
            "muster.yaml", "waivers: { approved: [\"%s\"] }".formatted(approved));

    assertThat(statuses(Optional.of(store), configuration))
        .containsEntry("protected-by-plan", status)
        .containsEntry("newest-point-within", status)
        .containsEntry("waiver-not-expired", waiver);
  }

  @Test
  void eachVolumeThatFailsIsNamedWithReasonAndNextStep() {
    claim("forgotten");

    ControlReport report = report(Optional.of(store), DEFAULTS, Policies.ENGINE);

    ControlReport.Control plan = control(report, "protected-by-plan");
    assertThat(plan.pass()).isEqualTo(1);
    assertThat(plan.failing())
        .containsExactly(
            new ControlReport.Failing(
                "PersistentVolumeClaim",
                "shop",
                "forgotten",
                "",
                "nobody asked for protection",
                "set muster.dev/protect: \"true\" on the workload or its namespace"));
    assertThat(control(report, "runbook-reviewed").missing())
        .singleElement()
        .satisfies(missing -> assertThat(missing.volumes()).isEqualTo(2));
    assertThat(report.fails()).isTrue();
    assertThat(report.storeRead()).isTrue();
  }

  @Test
  void aPolicyWithoutAnswerEvaluatesNothing() {
    ControlReport report =
        report(Optional.of(store), DEFAULTS, new Answers(input -> input.isEmpty()));

    assertThat(report.controls()).hasSize(16);
    assertThat(report.controls())
        .allSatisfy(control -> {
          assertThat(control.notEvaluated()).isEqualTo(1);
          assertThat(control.missing().getFirst().reason()).contains("no answer: trap");
        });
  }

  @Test
  void aPolicyWithoutControlsIsNoPolicyForThem() {
    assertThatThrownBy(() -> report(Optional.of(store), DEFAULTS, new Answers(input -> false)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("no controls");
  }

  /// Answers about controls only where it may.
  private record Answers(java.util.function.Predicate<JsonNode> may) implements PolicyEngine {
    @Override
    public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
      return entrypoint.equals("muster/controls") && !may.test(input)
          ? new PolicyOutcome.Broken("trap")
          : Policies.ENGINE.evaluate(entrypoint, input);
    }

    @Override
    public String digest() {
      return Policies.ENGINE.digest();
    }
  }

  private SealedPoint point() {
    return new SealedPoint(clock.instant());
  }

  /// Of the cluster with this point alone.
  private List<String> failing(SealedPoint point) {
    var alone = new MemoryBackupStore(clock);
    point.in(alone, key);
    Map<String, String> said = statuses(Optional.of(alone), DEFAULTS);
    return said.keySet().stream().filter(id -> "fail".equals(said.get(id))).toList();
  }

  private static Configuration configured(String scope) {
    return ConfigurationReader.read(
        "muster.yaml",
        """
        controls:
          scopes:
            - %s
        """
            .formatted(
                scope.contains("within")
                    ? scope
                    : scope.replaceFirst(" }$", ", newest-point-within: { within: 1h } }")));
  }

  private void annotate(Map<String, String> annotations) {
    cluster.edit(
        StatefulSet.class,
        Database.SET,
        set -> set.getMetadata().setAnnotations(new HashMap<>(annotations)));
  }

  private void claim(String name) {
    cluster.create(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .withNewStatus()
            .withPhase("Bound")
            .endStatus()
            .build());
  }

  private Map<String, String> statuses() {
    return statuses(Optional.of(store), DEFAULTS);
  }

  /// Of one volume.
  private Map<String, String> statuses(Optional<BackupStore> from, Configuration configuration) {
    Map<String, String> said = new TreeMap<>();
    for (ControlReport.Control control : report(from, configuration, Policies.ENGINE).controls()) {
      Map<String, Integer> counts =
          Map.of(
              "pass", control.pass(),
              "fail", control.fail(),
              "waived", control.waived(),
              "not-evaluated", control.notEvaluated(),
              "not-applicable", control.notApplicable());
      assertThat(counts.values().stream().mapToInt(n -> n).sum()).as(control.id()).isEqualTo(1);
      counts.forEach((status, count) -> {
        if (count == 1) {
          said.put(control.id(), status);
        }
      });
    }
    return said;
  }

  private static ControlReport.Control control(ControlReport report, String id) {
    return report.controls().stream()
        .filter(control -> control.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private ControlReport report(
      Optional<BackupStore> from, Configuration configuration, PolicyEngine policy) {
    Inventory inventory = Inventory.list(cluster, null);
    Coverage coverage =
        Coverage.of(
            configuration,
            Policies.PROFILES,
            policy,
            SealedPoint.CLUSTER,
            from,
            List.of(key.publicKey()),
            clock);
    return new ControlAudit(policy, configuration)
        .report(
            coverage,
            inventory,
            new OtherTools(cluster, Policies.CONFIGURATION.evidence(), clock).of(inventory));
  }
}
