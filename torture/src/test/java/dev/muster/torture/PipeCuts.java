package dev.muster.torture;

import dev.muster.torture.Backups.Fate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Dumps that die, lie or are not what they should be, on their way through the pipe.
final class PipeCuts {

  private final World world;
  private final Backups backups;
  private final Optional<Kind> only;
  private final Tally tally;

  /// `only`: no other kind.
  PipeCuts(World world, Backups backups, Optional<Kind> only, Tally tally) {
    this.world = world;
    this.backups = backups;
    this.only = only;
    this.tally = tally;
  }

  enum Kind {
    UNTOUCHED,
    KILLED,
    CUT_WITH_EXIT_0,
    WHOLE_WITH_EXIT_7,
    NO_DUMP,
    FORGOTTEN,
    SPOILT
  }

  void run(long seed) throws Exception {
    RandomGenerator random = new SplittableRandom(seed);
    Kind diced = kind(random.nextInt(20));
    Kind kind = only.orElse(diced);
    Map<String, Dump> dumps = new TreeMap<>(Map.of("main", Dump.random(random, "main")));
    if (kind == Kind.FORGOTTEN || random.nextBoolean()) {
      dumps.put("extra", Dump.random(random, "extra"));
    }
    Backups.End end = backups.run(fate(kind, dumps, random));
    Map<String, String> digests = new HashMap<>();
    dumps.forEach((name, dump) -> digests.put(name, dump.sha256()));
    Judge.Word word = world.judge().word(end.manifestKey(), digests);
    if (kind == Kind.UNTOUCHED && !(word instanceof Judge.Word.Whole)) {
      tally.lost(seed, kind + " is " + word);
    }
    if (end.sealed() && word instanceof Judge.Word.Absent) {
      tally.falseSuccess(seed, kind + " is called sealed and is not there");
    } else {
      tally.add(seed, kind == Kind.UNTOUCHED, word);
    }
  }

  /// Half of all are killed tools.
  private static Kind kind(int dice) {
    return switch (dice) {
      case 0, 1 -> Kind.UNTOUCHED;
      case 2 -> Kind.WHOLE_WITH_EXIT_7;
      case 3 -> Kind.NO_DUMP;
      case 4 -> Kind.FORGOTTEN;
      case 5 -> Kind.SPOILT;
      case 6, 7, 8, 9 -> Kind.CUT_WITH_EXIT_0;
      default -> Kind.KILLED;
    };
  }

  private static Fate fate(Kind kind, Map<String, Dump> dumps, RandomGenerator random) {
    Map<String, byte[]> written = new HashMap<>();
    dumps.forEach((name, dump) -> written.put(name, dump.whole()));
    switch (kind) {
      case KILLED, CUT_WITH_EXIT_0 -> written.put("main", dumps.get("main").cut(random));
      case NO_DUMP -> written.put("main", said("dump: error: connection lost\n" + Dump.TRAILER));
      case UNTOUCHED, WHOLE_WITH_EXIT_7, FORGOTTEN, SPOILT -> {}
    }
    int exitCode =
        switch (kind) {
          case KILLED -> new int[] {137, 143, 1, 2}[random.nextInt(4)];
          case WHOLE_WITH_EXIT_7 -> 7;
          case UNTOUCHED, CUT_WITH_EXIT_0, NO_DUMP, FORGOTTEN, SPOILT -> 0;
        };
    return new Fate(
        dumps,
        written,
        exitCode,
        kind == Kind.FORGOTTEN ? Optional.of("extra") : Optional.empty(),
        kind == Kind.SPOILT);
  }

  private static byte[] said(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
