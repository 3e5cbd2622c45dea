package dev.muster.torture;

import dev.muster.repository.StoreException;
import dev.muster.torture.Backups.Fate;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Connections to the store that are cut anywhere: parts, answers, the commit itself.
final class UploadCuts {

  private final World world;
  private final StoreLine line;
  private final Backups backups;
  private final Tally tally;

  UploadCuts(World world, StoreLine line, Backups backups, Tally tally) {
    this.world = world;
    this.line = line;
    this.backups = backups;
    this.tally = tally;
  }

  void run(long seed) throws Exception {
    RandomGenerator random = new SplittableRandom(seed);
    Dump dump = Dump.random(random, "main");
    line.cut(random, 1 + random.nextInt(5));
    Fate fate =
        new Fate(Map.of("main", dump), Map.of("main", dump.whole()), 0, Optional.empty(), false);
    Optional<Backups.End> end = ended(fate);
    if (end.isEmpty()) {
      tally.refused.incrementAndGet();
      return;
    }
    Judge.Word word = world.judge().word(end.get().manifestKey(), Map.of("main", dump.sha256()));
    boolean there = word instanceof Judge.Word.Whole;
    if (end.get().sealed() && word instanceof Judge.Word.Absent) {
      tally.falseSuccess(seed, "is called sealed and is not there");
    } else if (there && !end.get().sealed()) {
      tally.lost(seed, "is there and called failed");
    } else {
      tally.add(seed, true, word);
    }
  }

  /// Empty where the auditor itself could not reach its store: then nothing was said of the run.
  private Optional<Backups.End> ended(Fate fate) throws Exception {
    try {
      return Optional.of(backups.run(fate));
    } catch (StoreException e) {
      return Optional.empty();
    } finally {
      line.heal();
    }
  }
}
