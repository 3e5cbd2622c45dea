package dev.muster.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Many cases of each kind, several at a time since most of them wait for somebody.
final class Cuts {

  private static final int WORKERS = 8;

  private final World world;
  private final Optional<Sabotage> sabotage;
  private final long seed;
  private final int cases;

  Cuts(World world, Optional<Sabotage> sabotage, long seed, int cases) {
    this.world = world;
    this.sabotage = sabotage;
    this.seed = seed;
    this.cases = cases;
  }

  /// One case; its dice come from its seed alone.
  interface Case {
    void run(long seed) throws Exception;
  }

  private interface Worker {
    Case on(StoreLine line, Tally tally) throws Exception;
  }

  Tally pipe(Optional<PipeCuts.Kind> only) throws Exception {
    return all((line, tally) ->
        new PipeCuts(world, new Backups(world.site(), line.store(), sabotage), only, tally)::run);
  }

  Tally upload() throws Exception {
    return all((line, tally) ->
        new UploadCuts(world, line, new Backups(world.site(), line.store(), sabotage), tally)::run);
  }

  Tally download() throws Exception {
    return all((line, tally) -> DownloadCuts.prepare(world, line, sabotage, tally)::run);
  }

  private Tally all(Worker worker) throws Exception {
    Tally tally = new Tally();
    AtomicLong next = new AtomicLong(seed);
    List<Future<?>> working = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int i = 0; i < WORKERS; i++) {
        working.add(
            threads.submit(() -> {
              try (StoreLine line = new StoreLine(world)) {
                Case each = worker.on(line, tally);
                for (long at = next.getAndIncrement();
                    at < seed + cases;
                    at = next.getAndIncrement()) {
                  each.run(at);
                }
                return null;
              }
            }));
      }
      for (Future<?> worked : working) {
        worked.get();
      }
    }
    return tally;
  }
}
