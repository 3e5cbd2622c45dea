package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Keys;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadSweepTest {

  private final MovedClock clock = new MovedClock();
  private final MemoryBackupStore store = new MemoryBackupStore(clock);

  @Test
  @Covers("F62")
  void onlyOldUploadsOfThisClusterAreGivenUp() {
    store.createUpload("data/ours/old");
    store.createUpload("data/theirs/old");
    clock.pass(Duration.ofHours(25));
    store.createUpload("data/ours/new");

    int given =
        new UploadSweep(store, new Keys("ours")).sweep(clock.instant().minus(Duration.ofHours(24)));

    assertThat(given).isEqualTo(1);
    assertThat(store.listUploads("data/"))
        .extracting(OpenUpload::key)
        .containsExactlyInAnyOrder("data/ours/new", "data/theirs/old");
  }
}
