package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.PutOutcome;
import dev.muster.repository.probe.Finding.Result;
import java.util.Arrays;
import java.util.function.Function;

/// That of several writers of a key one wins, and the others know.
final class WriteChecks {

  private static final int SIZE = 1000;

  private final BackupStore store;
  private final Scratch scratch;

  WriteChecks(Scratch scratch) {
    this.store = scratch.store();
    this.scratch = scratch;
  }

  Result conditionalPut() {
    String key = scratch.key("conditional-put");
    byte[] first = Scratch.noise(1, SIZE);
    if (!store.putIfAbsent(key, first).equals(new PutOutcome.Created()) && !holds(key, first)) {
      return new Result.NotMet("a free key was called taken");
    }
    boolean refused = store.putIfAbsent(key, Scratch.noise(2, SIZE)) instanceof PutOutcome.Exists;
    return judged(refused, holds(key, first));
  }

  Result conditionalComplete() {
    String key = scratch.key("conditional-complete");
    byte[] first = Scratch.noise(1, SIZE);
    String winner = scratch.upload(key, first);
    String late = scratch.upload(key, Scratch.noise(2, SIZE));
    store.completeUpload(key, winner, scratch.parts(key, winner));
    boolean refused =
        !(store.completeUpload(key, late, scratch.parts(key, late))
            instanceof CompleteOutcome.Completed);
    boolean kept = holds(key, first);
    store.abortUpload(key, late);
    return judged(refused, kept);
  }

  Result oneWinner(int rounds, String name, Function<String, Race.Outcome> race) {
    for (int round = 1; round <= rounds; round++) {
      Race.Outcome outcome = race.apply(scratch.key(name + "-" + round));
      if (!outcome.fair()) {
        return new Result.NotMet("in round %d %s".formatted(round, outcome.text()));
      }
    }
    return new Result.Met("%d rounds, one winner each".formatted(rounds));
  }

  private static Result judged(boolean refused, boolean kept) {
    if (refused && kept) {
      return new Result.Met("the second writer was refused");
    }
    return new Result.NotMet(
        kept
            ? "the second writer was told that it won, and did not"
            : "the second writer replaced the first one's content: If-None-Match is ignored");
  }

  private boolean holds(String key, byte[] content) {
    return store.get(key, SIZE).filter(found -> Arrays.equals(found, content)).isPresent();
  }
}
