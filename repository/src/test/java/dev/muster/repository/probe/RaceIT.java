package dev.muster.repository.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.BackupStore;
import dev.muster.repository.TestStores;
import dev.muster.repository.directory.DirectoryBackupStore;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.testkit.Covers;
import dev.muster.testkit.MinioServer;
import dev.muster.testkit.ObjectStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That one of twenty wins is no matter of luck: of servers each time in 20 rounds, or in as many
/// as `-Dmuster.race.rounds` says.
@Covers({"F65", "F66"})
final class RaceIT {

  private static final int ROUNDS = Integer.getInteger("muster.race.rounds", 20);

  @TempDir Path folder;

  @Test
  void versitygwHasOneWinnerEachTime() {
    try (ObjectStore server = ObjectStore.startPlain(folder);
        BackupStore store =
            S3BackupStore.open(TestStores.settings(server.endpoint(), Optional.empty()))) {
      assertOneWinner(store);
    }
  }

  @Test
  void minioHasOneWinnerEachTime() {
    try (MinioServer server = MinioServer.startPlain(folder);
        BackupStore store =
            S3BackupStore.open(TestStores.settings(server.endpoint(), Optional.empty()))) {
      assertOneWinner(store);
    }
  }

  @Test
  void aDirectoryHasOneWinnerEachTime() {
    try (BackupStore store = DirectoryBackupStore.open(folder)) {
      assertOneWinner(store);
    }
  }

  private static void assertOneWinner(BackupStore store) {
    assertOneWinner(store, "put", Race::commits);
    assertOneWinner(store, "complete", Race::completions);
  }

  private static void assertOneWinner(
      BackupStore store, String how, BiFunction<BackupStore, String, Race.Outcome> race) {
    for (int round = 1; round <= ROUNDS; round++) {
      Race.Outcome outcome = race.apply(store, "race/%s-%d".formatted(how, round));

      assertThat(outcome.doubts()).as("round %d of %s", round, how).isEmpty();
      assertThat(outcome.winners()).as("round %d of %s", round, how).hasSize(1);
      assertThat(outcome.fair()).as("round %d: %s", round, outcome.text()).isTrue();
    }
  }
}
