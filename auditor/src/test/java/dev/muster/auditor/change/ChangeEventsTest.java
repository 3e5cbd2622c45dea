package dev.muster.auditor.change;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static dev.muster.auditor.coverage.LineBuilder.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.coverage.LineBuilder;
import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeEventsTest {

  private final MovedClock clock = new MovedClock();
  private final FakeCluster cluster = new FakeCluster(clock);
  private boolean leads = true;
  private final ChangeEvents events =
      new ChangeEvents(new Events(cluster, clock, "muster-auditor"), "muster", () -> leads);
  private final ClusterView view = ClusterView.open(cluster, unheard -> {});

  @BeforeEach
  void objects() {
    Database.in(cluster);
  }

  @AfterEach
  void close() {
    view.close();
  }

  @Test
  void aVerdictThatChangedIsToldOnTheClaimWithReasonAndNextStep() {
    PersistentVolumeClaim data = claim("data");
    tell(line("shop", "data", "Sealed"));
    tell(line("shop", "data", "Sealed"));
    assertThat(told()).isEmpty();

    tell(line("shop", "data", "Stale").message("the newest point is too old"));

    assertThat(told())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getInvolvedObject().getUid()).isEqualTo(data.getMetadata().getUid());
          assertThat(event.getType()).isEqualTo("Warning");
          assertThat(event.getReason()).isEqualTo("VerdictChanged");
          assertThat(event.getMessage())
              .isEqualTo("Sealed -> Stale: the newest point is too old; do something");
        });
  }

  @Test
  void workloadsOfOneNameAreNotTakenForEachOther() {
    for (int report = 0; report < 3; report++) {
      tell(
          line("shop", "web/share", "Unprotected").workload("Deployment/web"),
          line("shop", "web/share", "Waived").workload("CronJob/web"));
    }

    assertThat(told()).isEmpty();
  }

  @Test
  void aVolumeThatIsWellAgainIsNoWarning() {
    claim("data");
    tell(line("shop", "data", "Stale"));
    tell(line("shop", "data", "Proven"));

    assertThat(told()).extracting(Event::getType).containsExactly("Normal");
  }

  @Test
  void theFirstReportAndVolumesThatComeOrGoAreNoChange() {
    claim("data");
    tell(line("shop", "data", "Unprotected"));
    tell(line("shop", "new", "Unprotected"));
    tell(line("shop", "data", "Sealed"));

    assertThat(told()).isEmpty();
  }

  @Test
  void aClaimToComeIsToldOnItsWorkload() {
    tell(template("Sealed"));
    tell(template("Failing"));

    assertThat(told())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getInvolvedObject().getKind()).isEqualTo("StatefulSet");
          assertThat(event.getMessage()).startsWith("template data-db-1: Sealed -> Failing");
        });
  }

  @Test
  void whoeverDoesNotLeadTellsNothingAndKnowsWhatWasBefore() {
    claim("data");
    leads = false;
    tell(line("shop", "data", "Sealed"));
    tell(line("shop", "data", "Stale"));
    assertThat(told()).isEmpty();

    leads = true;
    tell(line("shop", "data", "Stale"));
    assertThat(told()).isEmpty();
    tell(line("shop", "data", "Sealed"));
    assertThat(told()).hasSize(1);
  }

  @Test
  void fiftyAreToldAndTheRestIsCounted() {
    IntStream.range(0, 60).forEach(i -> claim("data-" + i));
    tell(many("Sealed"));
    tell(many("Unknown"));

    List<Event> told = told();
    assertThat(told).hasSize(51);
    assertThat(told)
        .filteredOn(event -> event.getInvolvedObject().getKind().equals("Namespace"))
        .extracting(Event::getMessage)
        .containsExactly(
            "10 more volumes have another verdict now, by verdict {Unknown=10};"
                + " ask muster audit");
  }

  private static LineBuilder template(String verdict) {
    return line("shop", "data-db-1", verdict).volume("template").workload("StatefulSet/db");
  }

  private static LineBuilder[] many(String verdict) {
    return IntStream.range(0, 60)
        .mapToObj(i -> line("shop", "data-" + i, verdict))
        .toArray(LineBuilder[]::new);
  }

  private PersistentVolumeClaim claim(String name) {
    return cluster.create(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .endMetadata()
            .build());
  }

  private void tell(LineBuilder... lines) {
    events.tell(report(clock.instant(), lines), view);
  }

  private List<Event> told() {
    return cluster.list(Event.class, Query.all());
  }
}
