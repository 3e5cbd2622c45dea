package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Health;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Rounds rounds = new Rounds();

  @AfterEach
  void close() {
    rounds.close();
  }

  @Test
  void roundThatHangsIsAProblemAfterItsTimeAndNoLongerOnceItEnds() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    Semaphore free = new Semaphore(0);
    Health.Check check =
        watched(() -> {
          begun.countDown();
          free.acquireUninterruptibly();
        });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    pass(Duration.ofMinutes(5));
    assertThat(check.problem()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(check.problem()).hasValueSatisfying(said -> assertThat(said).contains("301 s"));

    free.release(1000);
    await(check, true);
  }

  @Test
  void roundsThatFailAreNoProblem() {
    AtomicInteger failed = new AtomicInteger();
    Health.Check check =
        watched(() -> {
          pass(Duration.ofMinutes(4));
          failed.incrementAndGet();
          throw new IllegalStateException("the API server does not answer");
        });

    for (int i = 0; i < 1000 || failed.get() < 3; i++) {
      assertThat(check.problem()).isEmpty();
      Thread.yield();
    }
  }

  @Test
  void roundsThatHaveEndedAreAProblemUntilAllIsClosed() {
    Health.Check check = watched(() -> Thread.currentThread().interrupt());

    await(check, false);
    rounds.close();

    assertThat(check.problem()).isEmpty();
  }

  private Health.Check watched(Runnable round) {
    return rounds.watched(
        "leadership", Duration.ofMillis(1), Duration.ofMinutes(5), nanos::get, round);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void await(Health.Check check, boolean well) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (check.problem().isEmpty() != well) {
      assertThat(System.nanoTime()).as("%s", check.problem()).isLessThan(end);
      Thread.yield();
    }
  }
}
