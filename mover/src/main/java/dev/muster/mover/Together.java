package dev.muster.mover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Runs tasks on threads of their own. They are platform threads: reading and opening pipes blocks
/// them in the kernel.
final class Together {

  private Together() {}

  /// All results in order, or what came until a result is not `good` or a task throws: then the
  /// others are interrupted, since one lost stream is a lost run.
  static <T> List<T> run(List<Callable<T>> tasks, Predicate<T> good)
      throws ExecutionException, InterruptedException {
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().name("pipe-", 0).factory());
    try {
      var completed = new ExecutorCompletionService<T>(threads);
      List<Future<T>> futures = tasks.stream().map(completed::submit).toList();
      for (int i = 0; i < tasks.size(); i++) {
        T result = completed.take().get();
        if (!good.test(result)) {
          return List.of(result);
        }
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
