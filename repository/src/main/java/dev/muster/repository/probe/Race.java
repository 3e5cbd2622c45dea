package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Commit;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.Digests;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoredPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Twenty writers who want one key at the same moment.
final class Race {

  static final int WRITERS = 20;

  private static final int LIMIT = 1000;
  private static final String WRITER = "writer ";

  private Race() {}

  /// @param winners who were told that they won
  /// @param owner whose content the key holds, if it is one writer's
  /// @param versions how often the key was written
  /// @param doubts of those who were told neither
  record Outcome(
      Set<Integer> winners, Optional<Integer> owner, int versions, List<StoreException> doubts) {

    /// Nobody believes to have won but the one whose content is there, and it was written once.
    boolean fair() {
      return owner.isPresent() && versions == 1 && Set.of(owner.get()).containsAll(winners);
    }

    /// In words.
    String text() {
      return "%d of %d were told that they won, %s is there, written %d times%s"
          .formatted(
              winners.size(),
              WRITERS,
              owner.isEmpty()
                  ? "nobody's content"
                  : winners.containsAll(Set.of(owner.get()))
                      ? "the content of one of them"
                      : "the content of another",
              versions,
              doubts.isEmpty() ? "" : "; " + doubts.getFirst().getMessage());
    }
  }

  /// By conditional creation.
  static Outcome commits(BackupStore store, String key) {
    return race(
        store, key, i -> Commit.commit(store, key, content(i)) instanceof Commit.Outcome.Committed);
  }

  /// By completing an upload of their own. What the losers sent is thrown away.
  static Outcome completions(BackupStore store, String key) {
    record Upload(String id, List<StoredPart> parts) {}
    List<Upload> uploads = new ArrayList<>();
    for (Future<Upload> sent :
        together(i -> {
          String id = store.createUpload(key);
          store.putPart(key, id, 1, content(i), Digests.sha256(content(i)));
          return new Upload(id, store.listParts(key, id));
        })) {
      uploads.add(resultOf(sent));
    }
    try {
      return race(
          store,
          key,
          i ->
              store.completeUpload(key, uploads.get(i).id(), uploads.get(i).parts())
                  instanceof CompleteOutcome.Completed);
    } finally {
      uploads.forEach(upload -> store.abortUpload(key, upload.id()));
    }
  }

  private static Outcome race(BackupStore store, String key, IntFunction<Boolean> writer) {
    Set<Integer> winners = new TreeSet<>();
    List<StoreException> doubts = new ArrayList<>();
    List<Future<Boolean>> said = together(writer);
    for (int i = 0; i < WRITERS; i++) {
      try {
        if (resultOf(said.get(i))) {
          winners.add(i);
        }
      } catch (StoreException e) {
        doubts.add(e);
      }
    }
    Optional<OldestVersion> stored = store.getOldest(key, LIMIT);
    return new Outcome(
        winners,
        store.get(key, LIMIT).flatMap(Race::owner),
        stored.map(OldestVersion::versions).orElse(0),
        doubts);
  }

  private static byte[] content(int writer) {
    return (WRITER + writer).getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Integer> owner(byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.matches(WRITER + "[0-9]{1,2}")
        ? Optional.of(Integer.valueOf(text.substring(WRITER.length())))
        : Optional.empty();
  }

  /// All begin when the last of them is ready.
  private static <T> List<Future<T>> together(IntFunction<T> task) {
    CyclicBarrier ready = new CyclicBarrier(WRITERS);
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      tasks.add(() -> {
        await(ready);
        return task.apply(writer);
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(tasks);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void await(CyclicBarrier ready) {
    try {
      ready.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static <T> T resultOf(Future<T> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static StoreException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, "interrupted while writers raced", e);
  }
}
