package dev.muster.cli;

import dev.muster.cluster.Change;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.cluster.Watching;
import dev.muster.model.RunId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Hears of one run by the Events on its workload and the progress on its Job. Created before the
/// run is asked for, so that nothing is missed.
final class RunFollower implements AutoCloseable {

  private static final Duration RESYNC = Duration.ofMinutes(5);
  private static final Duration TAKEN_UP = Duration.ofSeconds(90);
  private static final String RUN_ID = "muster.dev/run-id";

  private final RunId run;
  private final BlockingQueue<RunNews> news = new LinkedBlockingQueue<>();
  private final Set<String> heard = new HashSet<>();
  private final Watching<Event> events;
  private final Watching<Job> jobs;

  RunFollower(Cluster cluster, HasMetadata workload, RunId run) {
    this.run = run;
    String namespace = workload.getMetadata().getNamespace();
    this.events = cluster.watch(Event.class, Query.in(namespace), RESYNC, this::event);
    this.jobs =
        cluster.watch(Job.class, Query.in(namespace).label(RUN_ID, run.value()), RESYNC, this::job);
  }

  /// How the following ended.
  sealed interface End {
    record Sealed(RunNews news) implements End {}

    record Failed(RunNews news) implements End {}

    /// Nothing is known about the run.
    record Unheard(String why) implements End {}
  }

  End follow(Duration limit, Consumer<RunNews> listener) {
    long deadline = System.nanoTime() + limit.toNanos();
    Duration patience = TAKEN_UP.compareTo(limit) < 0 ? TAKEN_UP : limit;
    RunNews next = poll(patience.toNanos());
    if (next == null) {
      return new End.Unheard(
          "nobody took the run up within %d s: is the auditor running and does the contract protect"
                  .formatted(patience.toSeconds())
              + " this workload? kubectl -n muster get pods; muster explain");
    }
    while (next != null) {
      listener.accept(next);
      if (next.state().equals("BackupSealed")) {
        return new End.Sealed(next);
      }
      if (next.state().equals("BackupFailed")) {
        return new End.Failed(next);
      }
      next = poll(deadline - System.nanoTime());
    }
    return new End.Unheard("the run has not ended within " + limit + "; it goes on, see muster points");
  }

  private @org.jspecify.annotations.Nullable RunNews poll(long nanos) {
    try {
      return news.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void event(Change<Event> change) {
    Event event = change.object();
    Map<String, String> more = annotations(event);
    boolean ours = change instanceof Change.Present<Event> && run.value().equals(more.get(RUN_ID));
    if (ours && heard.add(event.getMetadata().getUid())) {
      news.add(
          new RunNews(
              Objects.requireNonNullElse(event.getReason(), "?"),
              Objects.requireNonNullElse(event.getMessage(), ""),
              run.value(),
              more.getOrDefault("muster.dev/point", "")));
    }
  }

  private void job(Change<Job> change) {
    String progress = annotations(change.object()).get("muster.dev/progress");
    if (progress != null && heard.add(progress)) {
      news.add(new RunNews("BackupProgress", ProgressText.of(progress), run.value(), ""));
    }
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }

  @Override
  public void close() {
    events.close();
    jobs.close();
  }
}
