package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A run that is allowed one attempt.
class DeciderTest {

  private final Stage stage = new Stage();
  private final Decider decider = new Decider(1, Duration.ZERO);
  private RunRecord run;

  @BeforeEach
  void plan() {
    stage.leader().untilJobOrEnd();
    run =
        new RunRecord(
            stage.journal().planned(stage.workloadKey(), stage.runId.value()).orElseThrow());
  }

  @Test
  @Covers("F19")
  void lostJobIsForgivenOnce() {
    fail("a1-00000000", FailureReason.JOB_LOST);
    assertThat(decide()).isEqualTo(new Decision.Begin(2));

    fail("a2-00000000", FailureReason.JOB_LOST);
    assertThat(decide()).isEqualTo(new Decision.FailRun(FailureReason.JOB_LOST, "told"));
  }

  @Test
  void failedDumpAfterALostJobEndsTheRun() {
    fail("a1-00000000", FailureReason.JOB_LOST);
    fail("a2-00000000", FailureReason.DUMP);

    assertThat(decide()).isEqualTo(new Decision.FailRun(FailureReason.DUMP, "told"));
  }

  @Test
  void failedDumpIsNotForgiven() {
    fail("a1-00000000", FailureReason.DUMP);

    assertThat(decide()).isEqualTo(new Decision.FailRun(FailureReason.DUMP, "told"));
  }

  private void fail(String attempt, FailureReason reason) {
    run.failedAttempt(Entry.Failure.of(attempt, reason, "told", stage.clock.instant()));
  }

  private Decision decide() {
    return decider.decide(
        run,
        () -> {
          throw new AssertionError("no attempt is open");
        },
        stage.clock.instant());
  }
}
