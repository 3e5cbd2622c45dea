package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {

  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private volatile String failing = "";
  private final WorkQueue<String> queue = new WorkQueue<>("test", this::work);

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

  private void work(String key) {
    seen.add(key);
    if (key.equals(failing)) {
      throw new IllegalStateException("the store does not answer");
    }
  }

  private String next() throws InterruptedException {
    String key = seen.poll(10, TimeUnit.SECONDS);
    return key == null ? "nothing" : key;
  }
}
