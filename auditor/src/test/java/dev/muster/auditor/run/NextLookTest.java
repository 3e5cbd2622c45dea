package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NextLookTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  /// The timer holds its task for undone as long as it runs, as a slow one does for longer.
  @Test
  void oneThatIsAskedForDuringAnotherIsNotTakenForIt() throws Exception {
    CountDownLatch looks = new CountDownLatch(2);
    NextLook[] next = new NextLook[1];
    next[0] =
        new NextLook(
            timer,
            () -> {
              looks.countDown();
              if (looks.getCount() > 0) {
                next[0].within(Duration.ZERO);
              }
            });

    next[0].within(Duration.ZERO);

    assertThat(looks.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theEarliestWaitsAlone() {
    timer.setRemoveOnCancelPolicy(true);
    NextLook next = new NextLook(timer, () -> {});

    next.within(HOUR.multipliedBy(2));
    next.within(HOUR);
    next.within(HOUR.multipliedBy(3));

    assertThat(timer.getQueue()).hasSize(1);
    assertThat(((java.util.concurrent.Delayed) timer.getQueue().peek()).getDelay(TimeUnit.MINUTES))
        .isLessThanOrEqualTo(60);
  }

  @Test
  void afterTheEndNothingIsAskedFor() {
    timer.shutdown();

    new NextLook(timer, () -> {}).within(Duration.ZERO);

    assertThat(timer.getQueue()).isEmpty();
  }
}
