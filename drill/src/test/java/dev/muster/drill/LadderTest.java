package dev.muster.drill;

import static dev.muster.drill.Samples.ended;
import static dev.muster.drill.Samples.failed;
import static dev.muster.drill.Samples.probe;
import static dev.muster.drill.Samples.refused;
import static dev.muster.drill.Samples.restored;
import static dev.muster.drill.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.drill.DrillOutcome.Disproven;
import dev.muster.drill.DrillOutcome.Inconclusive;
import dev.muster.drill.DrillOutcome.Proven;
import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Unclear;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.restore.ContainerEnd;
import dev.muster.restore.ProbeOutcome;
import dev.muster.restore.TicketOutcome;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LadderTest {
  private static final Manifest.Probe TAKEN =
      probe(table("public.orders", 3, "h3"), table("public.items", 2, "h2"));

  private final FakeTickets tickets = new FakeTickets();
  private final FakeSandbox sandbox = new FakeSandbox(TAKEN);
  private final AtomicLong nanos = new AtomicLong();
  private final List<DrillStep> told = new ArrayList<>();

  @Test
  void aPointThatRestoresWithAllItsDataIsProven() {
    Climb climb = climb();

    assertThat(climb.outcome()).isEqualTo(new Proven());
    assertThat(climb.rungs().stream().map(Rung::step))
        .containsExactlyElementsOf(EnumSet.allOf(DrillStep.class));
    assertThat(told).contains(DrillStep.ISOLATION, DrillStep.RESTORE, DrillStep.CLEANUP);
    assertThat(sandbox.closed).isEqualTo(1);
  }

  @Test
  @Covers("F92")
  void aRestoreThatDoesNothingFailsByItsDataThoughTheEngineAnswers() {
    restoredIs(new Manifest.Probe("db-app", Relation.NONE, "schema-0", null, List.of()));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(
            new Disproven(
                DrillStep.SCHEMA,
                "db-app: tables missing after the restore: public.items, public.orders"));
  }

  @Test
  @Covers({"F84", "F92"})
  void missingRowsFailTheCounts() {
    restoredIs(probe(table("public.orders", 1, "h1"), table("public.items", 2, "h2")));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(
            new Disproven(
                DrillStep.COUNTS, "db-app: rows differ: public.orders has 1 instead of 3"));
  }

  @Test
  @Covers("F92")
  void changedRowsFailTheHashes() {
    restoredIs(probe(table("public.orders", 3, "other"), table("public.items", 2, "h2")));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(
            new Disproven(
                DrillStep.HASHES,
                "db-app: contents differ: public.orders has other instead of h3"));
  }

  @Test
  void aPointWithoutProbeProvesNothing() {
    Climb climb = climb(Samples.manifest());

    assertThat(climb.outcome()).isInstanceOf(Inconclusive.class);
  }

  @Test
  void countsThatAreNotOfTheCutProveNothing() {
    Manifest.Probe bracketed = probe(Relation.BRACKETED, table("public.orders", 3, "h3"));
    restoredIs(probe(table("public.orders", 3, "h3")));

    Climb climb = climb(Samples.manifest(bracketed));

    assertThat(climb.outcome())
        .isInstanceOfSatisfying(
            Inconclusive.class, it -> assertThat(it.step()).isEqualTo(DrillStep.COUNTS));
  }

  @Test
  void rowsWrittenBesideTheSnapshotDisproveNothingAndAreToldSo() {
    Manifest.Table counted = new Manifest.Table("legacy", 5, "h5", Relation.NONE);
    Manifest.Probe mixed = probe(table("orders", 3, "h3"), counted);
    restoredIs(probe(table("orders", 3, "h3"), table("legacy", 7, "h7")));

    Climb climb = climb(Samples.manifest(mixed));

    assertThat(climb.outcome()).isEqualTo(new Proven());
    assertThat(climb.rungs())
        .filteredOn(rung -> rung.step() == DrillStep.COUNTS || rung.step() == DrillStep.HASHES)
        .allSatisfy(rung ->
            assertThat(rung.finding().toString()).contains("not compared").contains("legacy"));
  }

  @Test
  @Covers("F93")
  void aNetworkThatIsNotClosedStopsTheDrillBeforeAnyDataArrives() {
    sandbox.open = new Unclear("the network is not isolated: 10.96.0.1:443 answered");

    Climb climb = climb();

    assertThat(climb.outcome())
        .isEqualTo(
            new Inconclusive(
                DrillStep.ISOLATION, "the network is not isolated: 10.96.0.1:443 answered"));
    assertThat(climb.rungs().stream().map(Rung::step))
        .containsExactly(DrillStep.ISOLATION, DrillStep.CLEANUP);
  }

  @Test
  @Covers("F28")
  void aClusterWithoutRoomSaysNothingAboutThePoint() {
    sandbox.fetched = new Fetched.Stopped("not scheduled: 0/1 nodes are available");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(new Inconclusive(DrillStep.RESTORE, "not scheduled: 0/1 nodes are available"));
  }

  @Test
  @Covers("F80")
  void aWrongKeyIsDisprovenAtDecode() {
    tickets.issued = new TicketOutcome.Locked("stream db-app was not encrypted for this identity");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(
            new Disproven(DrillStep.DECODE, "stream db-app was not encrypted for this identity"));
  }

  @Test
  @Covers("F70")
  void aCutObjectIsDisprovenAtIntegrity() {
    tickets.issued = new TicketOutcome.Damaged("data/… has 59 bytes, the manifest says 60");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Disproven.class, it -> assertThat(it.step()).isEqualTo(DrillStep.INTEGRITY));
  }

  @Test
  @Covers({"F70", "F78"})
  void aFlippedByteIsNamedDamageThoughDecodingSawItFirst() {
    moverSays(refused(RestoreMessage.DECRYPT));
    tickets.damage = Optional.of("data/… has SHA-256 cc, the manifest says bb");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(
            new Disproven(DrillStep.INTEGRITY, "data/… has SHA-256 cc, the manifest says bb"));
  }

  @ParameterizedTest
  @CsvSource({
    "SegmentMissing, INTEGRITY",
    "SegmentDigest, INTEGRITY",
    "Decrypt, DECODE",
    "Decompress, DECODE",
    "PlainDigest, DECODE"
  })
  @Covers({"F70", "F77", "F78"})
  void whatTheMoverRefusesNamesItsStep(String reason, DrillStep step) {
    moverSays(refused(reason));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isInstanceOfSatisfying(Disproven.class, it -> assertThat(it.step()).isEqualTo(step));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Store", "Ticket", "SomethingNew", ""})
  void whatIsNotTheBackupsFaultIsInconclusive(String reason) {
    moverSays(refused(reason));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome).isInstanceOf(Inconclusive.class);
  }

  @Test
  @Covers("F85")
  void aClientThatFailsDisprovesTheRestore() {
    sandbox.fetched = new Fetched.Ran(restored(), List.of(failed("client-db-app", 3)));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(new Disproven(DrillStep.RESTORE, "client-db-app exited 3 (Error): as injected"));
  }

  @Test
  @Covers("F27")
  void aClientOutOfMemorySaysNothingAboutThePoint() {
    var killed = new ContainerEnd("client-db-app", 137, "OOMKilled", "");
    sandbox.fetched = new Fetched.Ran(restored(), List.of(killed));

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome).isInstanceOf(Inconclusive.class);
  }

  @Test
  @Covers("F27")
  void aClientThatFailsBecauseTheEngineRanOutOfMemorySaysNothingAboutThePoint() {
    sandbox.fetched = new Fetched.Ran(restored(), List.of(failed("client-db-app", 1)));
    sandbox.boot = new Unclear("engine exited 137 (OOMKilled)");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isEqualTo(new Inconclusive(DrillStep.RESTORE, "engine exited 137 (OOMKilled)"));
  }

  @Test
  @Covers("F92")
  void anEngineThatDiesOfItsDataIsDisprovenAtBoot() {
    sandbox.boot = new Fails("engine exited 1 (Error)");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome).isEqualTo(new Disproven(DrillStep.BOOT, "engine exited 1 (Error)"));
  }

  @Test
  @Covers("F89")
  void theEnginesOwnCheckDecidesBeforeCountsDo() {
    sandbox.checked = new Checked.Ran(List.of(failed("check-db-app", 2)), Map.of());

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Disproven.class, it -> assertThat(it.step()).isEqualTo(DrillStep.ENGINE_CHECK));
  }

  @Test
  @Covers("F94")
  void dataThatCouldNotBeRemovedIsToldAndKeepsThePointFromBeingProven() {
    sandbox.close = new Fails("namespace still exists");

    DrillOutcome outcome = climb().outcome();

    assertThat(outcome).isEqualTo(new Inconclusive(DrillStep.CLEANUP, "namespace still exists"));
  }

  @Test
  @Covers("F94")
  void theSandboxIsClosedAlsoWhenTheDrillCrashes() {
    sandbox.crashes = true;

    assertThatThrownBy(this::climb).isInstanceOf(IllegalStateException.class);

    assertThat(sandbox.closed).isEqualTo(1);
  }

  @Test
  void theClockRunsByPhase() {
    Climb climb = climb();

    assertThat(climb.rungs()).allSatisfy(rung -> assertThat(rung.took()).isPositive());
    assertThat(climb.recovery()).isEqualTo(Duration.ofSeconds(4));
  }

  private Climb climb() {
    return climb(Samples.manifest(TAKEN));
  }

  private Climb climb(Manifest manifest) {
    return new Ladder(
            tickets,
            sandbox,
            manifest,
            manifest.streams(),
            () -> nanos.addAndGet(1_000_000_000L),
            told::add)
        .climb();
  }

  private void restoredIs(Manifest.Probe probe) {
    sandbox.checked =
        new Checked.Ran(
            List.of(ended("check-db-app")), Map.of("db-app", new ProbeOutcome.Read(probe)));
  }

  private void moverSays(RestoreMessage message) {
    sandbox.fetched = new Fetched.Ran(message, List.of(failed("client-db-app", 1)));
  }
}
