package dev.muster.drill;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Leadership;
import dev.muster.repository.Pause;
import dev.muster.repository.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs drills for as long as the process lives, if it is the leader. One thread leads and takes in
/// what is due, each of the others works on one drill at a time.
public final class DrillServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DrillServer.class);
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final int REAP_EVERY = 30;

  /// For all workers, which clean up side by side; none of them waits for what it deletes.
  private static final Duration CLEANUP = Duration.ofSeconds(20);

  private final Leadership leadership;
  private final Workloads workloads;
  private final DrillDesk desk;
  private final Reaper reaper;
  private final Pause pause;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread leading;
  private final List<Thread> working;
  private final CountDownLatch cleaned;
  private boolean recalled;
  private int ticks;

  DrillServer(
      Leadership leadership,
      Workloads workloads,
      DrillDesk desk,
      Reaper reaper,
      int parallel,
      Pause pause) {
    this.leadership = leadership;
    this.workloads = workloads;
    this.desk = desk;
    this.reaper = reaper;
    this.pause = pause;
    this.leading = Thread.ofVirtual().name("drill-lead").unstarted(this::lead);
    Thread.Builder worker = Thread.ofVirtual().name("drill-work-", 1);
    this.working = Stream.generate(() -> worker.unstarted(this::work)).limit(parallel).toList();
    this.cleaned = new CountDownLatch(parallel);
  }

  DrillServer start() {
    leading.start();
    working.forEach(Thread::start);
    return this;
  }

  /// Whether all threads live and the cluster is still being watched.
  public boolean live() {
    return leading.isAlive() && working.stream().allMatch(Thread::isAlive) && workloads.live();
  }

  /// Ends the drills under way and cleans up after them; the next start runs them again.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    leading.interrupt();
    working.forEach(Thread::interrupt);
    try {
      if (!cleaned.await(CLEANUP.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("drills: not all were cleaned up after within {}", CLEANUP);
      }
      leading.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    leadership.resign();
    workloads.close();
  }

  private void lead() {
    while (!closed.get()) {
      try {
        tick();
        pause.pause(TICK);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (ClusterException | StoreException e) {
        log.warn("drills: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("drills: a tick failed", e);
      }
    }
  }

  private void tick() {
    if (!leadership.attend()) {
      recalled = false;
      return;
    }
    if (!recalled) {
      reaper.reapAll();
      desk.recall();
      recalled = true;
    }
    if (ticks++ % REAP_EVERY == 0) {
      reaper.reap();
    }
    desk.intake(workloads.subjects());
  }

  private void work() {
    try {
      while (!closed.get()) {
        workOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      cleaned.countDown();
    }
  }

  private void workOnce() throws InterruptedException {
    try {
      desk.work();
    } catch (RuntimeException e) {
      log.error("drills: a drill failed", e);
    }
  }
}
