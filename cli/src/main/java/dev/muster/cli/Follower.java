package dev.muster.cli;

import dev.muster.cluster.Change;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Query;
import dev.muster.cluster.Watching;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Hears of one run or drill by the Events that carry its id, and by the progress on its Job.
/// Created before it is asked for, so that nothing is missed.
final class Follower implements AutoCloseable {

  private static final Duration RESYNC = Duration.ofMinutes(5);

  private final String key;
  private final String id;
  private final BlockingQueue<RunNews> news = new LinkedBlockingQueue<>();
  private final Set<String> heard = new HashSet<>();
  private final List<Watching<?>> watches = new ArrayList<>();

  /// @param key the annotation and label that holds the id
  Follower(Cluster cluster, String namespace, String key, String id) {
    this.key = key;
    this.id = id;
    watches.add(cluster.watch(Event.class, Query.in(namespace), RESYNC, this::event));
    watches.add(cluster.watch(Job.class, Query.in(namespace).label(key, id), RESYNC, this::job));
  }

  /// How the following ended.
  sealed interface End {
    record Heard(RunNews last) implements End {}

    /// Nobody said a word in time.
    record Silent(Duration patience) implements End {}

    /// It was begun, and had not ended when the time was over.
    record Unfinished(Duration limit) implements End {}
  }

  /// Tells all news until one of the last words is heard.
  End follow(Duration patience, Duration limit, Set<String> lastWords, Consumer<RunNews> listener) {
    long deadline = System.nanoTime() + limit.toNanos();
    Duration first = patience.compareTo(limit) < 0 ? patience : limit;
    RunNews next = poll(first.toNanos());
    if (next == null) {
      return new End.Silent(first);
    }
    while (next != null) {
      listener.accept(next);
      if (lastWords.contains(next.state())) {
        return new End.Heard(next);
      }
      next = poll(deadline - System.nanoTime());
    }
    return new End.Unfinished(limit);
  }

  private @Nullable RunNews poll(long nanos) {
    try {
      return news.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private synchronized void event(Change<Event> change) {
    Event event = change.object();
    Map<String, String> more = annotations(event);
    boolean ours = change instanceof Change.Present<Event> && id.equals(more.get(key));
    if (ours && heard.add(event.getMetadata().getUid())) {
      news.add(
          new RunNews(
              Objects.requireNonNullElse(event.getReason(), "?"),
              Objects.requireNonNullElse(event.getMessage(), ""),
              id,
              more.getOrDefault("muster.dev/point", "")));
    }
  }

  private synchronized void job(Change<Job> change) {
    String progress = annotations(change.object()).get("muster.dev/progress");
    if (progress != null && heard.add(progress)) {
      news.add(new RunNews("BackupProgress", ProgressText.of(progress), id, ""));
    }
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }

  @Override
  public void close() {
    watches.forEach(Watching::close);
  }
}
