package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private volatile String failing = "";
  private final AtomicLong nanos = new AtomicLong();
  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();
  private final WorkQueue<String> queue =
      new WorkQueue<>("test", Duration.ofMinutes(10), nanos::get, this::work);

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  @Covers("F68")
  void workThatFailedIsDoneAgainAndHoldsUpNothingElse() throws InterruptedException {
    failing = "a";
    queue.add("a");
    queue.add("b");
    assertThat(List.of(next(), next())).containsExactly("a", "b");

    failing = "";
    queue.again();
    queue.add("c");

    assertThat(List.of(next(), next())).containsExactly("a", "c");
    queue.again();
    queue.add("d");
    assertThat(next()).isEqualTo("d");
  }

  @Test
  void workThatHangsIsAProblemAfterItsTime() throws InterruptedException {
    queue.add("hang");
    assertThat(next()).isEqualTo("hang");

    pass(Duration.ofMinutes(10));
    assertThat(queue.problem()).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(queue.problem())
        .hasValue("work on hang has not moved for 601 s, at most 600 s are allowed");
  }

  @Test
  void longWorkThatMovesIsNoProblem() throws InterruptedException {
    queue.add("hang");
    assertThat(next()).isEqualTo("hang");

    for (int i = 0; i < 12; i++) {
      pass(Duration.ofMinutes(9));
      orders.add("move");
      assertThat(next()).isEqualTo("moved");
      pass(Duration.ofMinutes(9));
      assertThat(queue.problem()).isEmpty();
      orders.add("move");
      assertThat(next()).isEqualTo("moved");
    }
  }

  @Test
  void whatOthersMoveDoesNotHideAWorkerThatHangs() throws InterruptedException {
    queue.add("hang");
    assertThat(next()).isEqualTo("hang");
    pass(Duration.ofMinutes(11));

    queue.moved();

    assertThat(queue.problem()).isPresent();
  }

  @Test
  void workerThatRestsIsNoProblem() throws InterruptedException {
    queue.add("hang");
    assertThat(next()).isEqualTo("hang");
    pass(Duration.ofHours(9));
    assertThat(queue.problem()).isPresent();

    orders.add("end");
    awaitProblem(Optional.empty());
    pass(Duration.ofHours(9));

    assertThat(queue.problem()).isEmpty();
  }

  @Test
  void workerThatHasEndedIsAProblemAtOnce() throws InterruptedException {
    queue.add("interrupt");
    assertThat(next()).isEqualTo("interrupt");

    awaitProblem(Optional.of("the worker has ended"));
  }

  private void work(String key) {
    seen.add(key);
    if (key.equals("interrupt")) {
      Thread.currentThread().interrupt();
    }
    if (key.equals("hang")) {
      hang();
    }
    if (key.equals(failing)) {
      throw new IllegalStateException("the store does not answer");
    }
  }

  private String next() throws InterruptedException {
    String key = seen.poll(10, TimeUnit.SECONDS);
    return key == null ? "nothing" : key;
  }

  /// Until told to end; moves when told to.
  private void hang() {
    try {
      while (orders.take().equals("move")) {
        queue.moved();
        seen.add("moved");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void awaitProblem(Optional<String> wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!queue.problem().equals(wanted)) {
      assertThat(System.nanoTime()).as("%s", queue.problem()).isLessThan(end);
      Thread.yield();
    }
  }
}
