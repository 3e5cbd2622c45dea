package dev.muster.drill;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Leadership;
import dev.muster.repository.Pause;
import dev.muster.repository.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs drills for as long as the process lives, if it is the leader. Two threads: one leads and
/// takes in what is due, one works.
public final class DrillServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DrillServer.class);
  private static final Duration TICK = Duration.ofSeconds(2);
  private static final int REAP_EVERY = 30;

  private final Leadership leadership;
  private final Workloads workloads;
  private final DrillDesk desk;
  private final Reaper reaper;
  private final Pause pause;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread leading;
  private final Thread working;
  private boolean recalled;
  private int ticks;

  DrillServer(
      Leadership leadership, Workloads workloads, DrillDesk desk, Reaper reaper, Pause pause) {
    this.leadership = leadership;
    this.workloads = workloads;
    this.desk = desk;
    this.reaper = reaper;
    this.pause = pause;
    this.leading = Thread.ofVirtual().name("drill-lead").unstarted(this::lead);
    this.working = Thread.ofVirtual().name("drill-work").unstarted(this::work);
  }

  DrillServer start() {
    leading.start();
    working.start();
    return this;
  }

  /// Whether both threads live and the cluster is still being watched.
  public boolean live() {
    return leading.isAlive() && working.isAlive() && workloads.live();
  }

  /// Ends the drill under way as inconclusive and cleans up after it.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    leading.interrupt();
    working.interrupt();
    try {
      working.join(Duration.ofSeconds(20));
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
    while (!closed.get()) {
      try {
        desk.work();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.error("drills: a drill failed", e);
      }
    }
  }
}
