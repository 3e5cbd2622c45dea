package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Query;
import dev.muster.config.EngineProfiles;
import dev.muster.config.HookTable;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractVocabulary;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.EvidenceLog;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.SigningKey;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.restore.Opened;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DrillDeskTest {
  private Instant now = Samples.SLOT.plusSeconds(3600);
  private final InstantSource clock = () -> now;
  private final FakeCluster cluster = new FakeCluster(clock);
  private final MemoryBackupStore store = new MemoryBackupStore(clock);
  private final Keys keys = new Keys(Samples.CLUSTER);
  private final SigningKey signing = SigningKey.generate();
  private final FakeTickets tickets = new FakeTickets();
  private final EvidenceRecords records =
      new EvidenceRecords(new EvidenceLog(store, keys, signing), List.of(signing.publicKey()));
  private Workloads workloads;

  @BeforeEach
  void asked() {
    cluster.namespace("shop");
    cluster.create(
        new StatefulSetBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("db")
            .withAnnotations(Map.of("muster.dev/drill-run", "1"))
            .endMetadata()
            .build());
    workloads = Workloads.watch(cluster, reader());
    tickets.opened =
        new Opened.Refused(
            keys.manifest(Samples.WORKLOAD.key().value(), Samples.POINT.toString()),
            "BAD_SIGNATURE");
    store.putIfAbsent(
        keys.manifest(Samples.WORKLOAD.key().value(), Samples.POINT.toString()),
        "forged".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    workloads.close();
    cluster.close();
  }

  @Test
  @Covers("F94")
  void aDrillIsPutOnRecordAndTold() throws Exception {
    DrillDesk desk = desk();
    desk.recall();
    desk.intake(workloads.subjects());

    desk.work();

    assertThat(records.all())
        .singleElement()
        .satisfies(result -> {
          assertThat(result.outcome()).isEqualTo("disproven");
          assertThat(result.step()).isEqualTo("integrity");
          assertThat(result.point()).isEqualTo(Samples.POINT.toString());
        });
    assertThat(cluster.list(Event.class, Query.in("shop")))
        .extracting(Event::getReason)
        .contains("DrillStarted", "DrillDisproven");
  }

  @Test
  @Covers("F94")
  void aRestartRepeatsNoDrillThatIsOnRecord() throws Exception {
    DrillDesk first = desk();
    first.recall();
    first.intake(workloads.subjects());
    first.work();

    DrillDesk second = desk();
    second.recall();
    second.intake(workloads.subjects());

    assertThat(second.waiting()).isZero();
  }

  @Test
  @Covers("F94")
  void aDrillThatCrashedBeforeItsRecordIsRunAgain() {
    DrillDesk first = desk();
    first.recall();
    first.intake(workloads.subjects());

    DrillDesk second = desk();
    second.recall();
    second.intake(workloads.subjects());

    assertThat(second.waiting()).isEqualTo(1);
  }

  @Test
  @Covers("F94")
  void drillsThatWaitedForAnotherAreCaughtUpAfterARestart() throws Exception {
    scheduled("orders");
    scheduled("stock");
    DrillDesk first = desk();
    first.recall();
    first.intake(workloads.subjects());
    first.work();
    now = now.plus(Duration.ofMinutes(30));
    first.intake(workloads.subjects());
    first.work();
    now = now.plus(Duration.ofMinutes(1));

    DrillDesk second = desk();
    second.recall();
    second.intake(workloads.subjects());

    assertThat(records.all()).hasSize(2);
    assertThat(second.waiting()).isEqualTo(1);
  }

  private void scheduled(String name) {
    cluster.create(
        new StatefulSetBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .withAnnotations(Map.of("muster.dev/drill", "10 * * * *"))
            .endMetadata()
            .build());
    String key = WorkloadKey.of("StatefulSet", "shop", name).value();
    store.putIfAbsent(
        keys.manifest(key, Samples.POINT.toString()), "forged".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @Covers("F94")
  void evidenceThatWasEditedIsBelievedInNothing() throws Exception {
    DrillDesk desk = desk();
    desk.recall();
    desk.intake(workloads.subjects());
    desk.work();
    String key = store.list(keys.evidence()).getFirst().key();
    String edited =
        new String(store.get(key, 1 << 18).orElseThrow(), StandardCharsets.UTF_8)
            .replaceFirst("\"payload\":\"e", "\"payload\":\"f");
    var copy = new MemoryBackupStore(clock);
    copy.putIfAbsent(key, edited.getBytes(StandardCharsets.UTF_8));

    var tampered =
        new EvidenceRecords(new EvidenceLog(copy, keys, signing), List.of(signing.publicKey()));

    assertThat(records.all()).hasSize(1);
    assertThat(tampered.all()).isEmpty();
  }

  @Test
  void whatTheManifestWarnsOfStandsInTheEvidence() throws Exception {
    String warning = "db-app: not of the dump's snapshot: legacy";
    tickets.opened =
        new Opened.Trusted("k", "d1", warned(warning), List.of("the key was written again"));
    DrillDesk desk = desk();
    desk.recall();
    desk.intake(workloads.subjects());

    desk.work();

    assertThat(records.all())
        .singleElement()
        .satisfies(result ->
            assertThat(result.warnings()).containsExactly("the key was written again", warning));
  }

  @Test
  void aProvenDrillTellsItsWarnings() {
    var news = new DrillNews(new Events(cluster, clock, "muster-drill"), workloads);

    news.ended(
        new DrillReport(
            "d1",
            Samples.request(),
            Samples.POINT.toString(),
            "k",
            "d1",
            "mariadb:11",
            Optional.empty(),
            Samples.SLOT,
            Samples.SLOT,
            new Climb(new DrillOutcome.Proven(), List.of()),
            List.of("legacy is not of the dump's snapshot")));

    assertThat(cluster.list(Event.class, Query.in("shop")))
        .filteredOn(event -> event.getReason().equals("DrillProven"))
        .singleElement()
        .satisfies(event ->
            assertThat(event.getMessage())
                .endsWith("; warning: legacy is not of the dump's snapshot"));
  }

  private static Manifest warned(String warning) {
    Manifest plain = Samples.manifest();
    var was = plain.consistency();
    return new Manifest(
        plain.formatVersion(),
        plain.identity(),
        new Manifest.Consistency(
            Manifest.ConsistencyClass.NONE,
            was.mechanism(),
            was.windowOpened(),
            was.windowClosed(),
            was.positions(),
            was.snapshotHandles(),
            List.of(warning)),
        plain.encryption(),
        plain.streams(),
        plain.probes(),
        plain.chain());
  }

  private DrillDesk desk() {
    DrillMachine machine =
        new DrillMachine(
            tickets,
            new DrillEngines(
                new EngineProfiles(Map.of(), new HookTable(Map.of())),
                RandomGenerator.getDefault()),
            (id, engine) -> new FakeSandbox(Samples.probe()),
            clock,
            System::nanoTime);
    return new DrillDesk(
        store,
        keys,
        records,
        new DrillPlan(Samples.CLUSTER),
        new PointChoice(RandomGenerator.getDefault()),
        machine,
        new DrillNews(new Events(cluster, clock, "muster-drill"), workloads),
        clock);
  }

  private static ContractReader reader() {
    Set<String> none = Set.of();
    return new ContractReader(
        new ContractVocabulary(Map.of(), Optional.empty(), none, none, none, none));
  }
}
