package dev.muster.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import dev.muster.torture.PipeCuts.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sealed implies complete, whatever is cut. `make torture` runs ten times as much; a seed that
/// failed runs again with `-Dmuster.torture.seed`.
final class TortureIT {

  private static final int CASES = Integer.getInteger("muster.torture.cases", 1000);
  private static final long SEED =
      Long.getLong("muster.torture.seed", new Random().nextInt(1_000_000_000));
  private static final int SABOTAGED = 40;

  /// Set by hand, to see the torture find what it is for.
  private static final Optional<Sabotage> SABOTAGE =
      Sabotage.of(System.getProperty("muster.torture.sabotage", ""));

  @TempDir static Path folder;
  private static World world;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  @Covers({"F33", "F38", "F39", "F62", "F79", "F84", "F85"})
  void noCutDumpIsSealed() throws Exception {
    check("pipe", cuts(SABOTAGE, CASES).pipe(Optional.empty()));
  }

  @Test
  @Covers({"F61", "F63", "F64", "F66"})
  void noCutConnectionMakesASealedPointIncomplete() throws Exception {
    Tally tally = cuts(SABOTAGE, CASES).upload();
    check("upload", tally);
    assertThat(tally.whole.get()).as("most are repaired by retries").isGreaterThan(CASES / 2);
  }

  @Test
  @Covers({"F61", "F70", "F77"})
  void noCutRestoreIsCalledRestored() throws Exception {
    Tally tally = cuts(SABOTAGE, CASES).download();
    check("download", tally);
    assertThat(tally.whole.get()).as("most are repaired by retries").isGreaterThan(CASES / 2);
  }

  @ParameterizedTest
  @EnumSource
  void aCheckThatIsTakenOutIsMissed(Sabotage sabotage) throws Exception {
    Cuts cuts = cuts(Optional.of(sabotage), SABOTAGED);
    Tally tally =
        switch (sabotage) {
          case EXIT_CODE -> cuts.pipe(Optional.of(Kind.WHOLE_WITH_EXIT_7));
          case TRAILER -> cuts.pipe(Optional.of(Kind.CUT_WITH_EXIT_0));
          case MAGIC -> cuts.pipe(Optional.of(Kind.NO_DUMP));
          case REPORT_STREAMS -> cuts.pipe(Optional.of(Kind.FORGOTTEN));
          case STORE_FACTS -> cuts.pipe(Optional.of(Kind.SPOILT));
          case RESTORE_VERDICT -> cuts.download();
        };

    int found = tally.falseSuccesses().size();
    Results.write("sabotage-" + sabotage.word(), Map.of("sabotages_found", found > 0 ? 1 : 0));
    assertThat(found).as(sabotage.word()).isPositive();
  }

  private static Cuts cuts(Optional<Sabotage> sabotage, int cases) {
    return new Cuts(world, sabotage, SEED, cases);
  }

  private static void check(String transport, Tally tally) throws IOException {
    int falseSuccesses = tally.falseSuccesses().size();
    System.err.printf(
        "torture: %s, seed %d: %d cases, %d whole, %d refused, %d false successes%n",
        transport, SEED, tally.cases(), tally.whole.get(), tally.refused.get(), falseSuccesses);
    Results.write(
        transport,
        Map.of(
            "seed", SEED,
            "cuts", tally.cases(),
            "whole", tally.whole.get(),
            "refused", tally.refused.get(),
            "false_successes", falseSuccesses));
    assertThat(tally.falseSuccesses()).as("false successes").isEmpty();
    assertThat(tally.lost()).as("untouched and still lost").isEmpty();
    assertThat(tally.cases()).isEqualTo(CASES);
  }
}
