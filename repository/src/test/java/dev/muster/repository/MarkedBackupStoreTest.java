package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class MarkedBackupStoreTest {

  private final MemoryBackupStore bucket =
      new MemoryBackupStore(InstantSource.fixed(Instant.EPOCH));
  private final BackupStore store = new MarkedBackupStore(bucket);

  @Test
  void readingMarksNothing() {
    assertThat(store.children(Keys.POINTS)).isEmpty();

    assertThat(bucket.list("")).isEmpty();
  }

  @Test
  void theFirstWriteMarksTheBucketForAllWhoFollow() {
    store.putIfAbsent("a", bytes("x"));
    byte[] marker = bucket.get(Keys.MARKER, 1000).orElseThrow();
    new MarkedBackupStore(bucket).putIfAbsent("b", bytes("x"));

    assertThat(bucket.list("")).extracting(ListedObject::key).contains("a", "b", Keys.MARKER);
    assertThat(bucket.get(Keys.MARKER, 1000)).hasValue(marker);
  }

  @Test
  @Covers({"F76", "F82"})
  void aForeignOrNewerBucketIsNeitherReadNorWritten() {
    bucket.overwrite(Keys.MARKER, bytes("hello"));
    refuses(bucket, "Muster's own");

    MemoryBackupStore later = new MemoryBackupStore(InstantSource.fixed(Instant.EPOCH));
    later.overwrite(Keys.MARKER, bytes("{\"formatVersion\":2,\"repositoryId\":\"x\"}"));
    refuses(later, "newer Muster");
  }

  private static void refuses(MemoryBackupStore bucket, String why) {
    BackupStore store = new MarkedBackupStore(bucket);
    assertThatThrownBy(() -> store.putIfAbsent("a", bytes("x")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> store.children(Keys.POINTS)).isInstanceOf(StoreException.class);
    assertThat(bucket.get("a", 10)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
