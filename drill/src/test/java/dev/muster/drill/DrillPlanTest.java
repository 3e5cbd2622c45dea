package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.model.ContractReader;
import dev.muster.model.ContractSources;
import dev.muster.model.ContractVocabulary;
import dev.muster.testkit.Covers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DrillPlanTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-11-01T00:00:00Z");

  private final DrillPlan plan = new DrillPlan(Samples.CLUSTER);

  @Test
  void anAnnotationAsksForOneDrill() {
    List<DrillSubject> asked = List.of(subject(Map.of("muster.dev/drill-run", "17")));
    List<DrillSubject> again = List.of(subject(Map.of("muster.dev/drill-run", "18")));

    List<DrillRequest> due = plan.due(asked, Set.of(), MIDNIGHT, MIDNIGHT);

    assertThat(due).singleElement().satisfies(it -> assertThat(it.cause()).isEqualTo("run:17"));
    Set<String> done = Set.of(due.getFirst().id());
    assertThat(plan.due(asked, done, MIDNIGHT, MIDNIGHT)).isEmpty();
    assertThat(plan.due(again, done, MIDNIGHT, MIDNIGHT)).hasSize(1);
  }

  @Test
  @Covers("F21")
  void ofManyMissedSlotsTheNewestIsRunOnce() {
    var subject = subject(Map.of("muster.dev/drill", "0 4 * * *"));

    List<DrillRequest> due =
        plan.due(List.of(subject), Set.of(), MIDNIGHT, Instant.parse("2026-11-04T05:00:00Z"));

    assertThat(due)
        .singleElement()
        .satisfies(it -> assertThat(it.cause()).isEqualTo("slot:2026-11-04T04:00:00Z"));
  }

  @Test
  void nothingIsDueBeforeItsSlotOrWhereDrillsAreOff() {
    var daily = subject(Map.of("muster.dev/drill", "0 4 * * *"));
    var off = subject(Map.of("muster.dev/drill", "off"));
    var optedOut = subject(Map.of("muster.dev/drill", "0 4 * * *", "muster.dev/protect", "false"));

    List<DrillRequest> early =
        plan.due(List.of(daily), Set.of(), MIDNIGHT, MIDNIGHT.plusSeconds(3600));
    List<DrillRequest> never =
        plan.due(List.of(off, optedOut), Set.of(), MIDNIGHT, MIDNIGHT.plusSeconds(90_000));

    assertThat(early).isEmpty();
    assertThat(never).isEmpty();
  }

  private static DrillSubject subject(Map<String, String> annotations) {
    var nothing = Set.<String>of();
    var reader =
        new ContractReader(
            new ContractVocabulary(Map.of(), Optional.empty(), nothing, nothing, nothing, nothing));
    var reading = reader.read(Samples.WORKLOAD, ContractSources.ofWorkload(annotations));
    return new DrillSubject(Samples.WORKLOAD, reading.effective());
  }
}
