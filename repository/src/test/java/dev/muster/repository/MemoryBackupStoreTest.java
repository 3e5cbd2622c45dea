package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class MemoryBackupStoreTest extends SigningStoreContract {

  private final MemoryBackupStore store =
      new MemoryBackupStore(InstantSource.fixed(Instant.parse("2026-11-01T02:00:00Z")));

  @Override
  BackupStore store() {
    return store;
  }

  @Override
  int put(SignedRequest request, byte[] body) {
    return store.send(request, body);
  }

  @Override
  byte[] get(SignedRequest request) {
    String path = request.url().getPath().substring(1);
    return store.get(path, Integer.MAX_VALUE - 1).orElseThrow();
  }

  @Test
  @Covers("F94")
  void anOverwriteIsSeenAndTheOldestCounts() {
    store.putIfAbsent("k", bytes("mine"));
    store.overwrite("k", bytes("theirs"));
    store.delete("k");

    OldestVersion oldest = store.getOldest("k", 100).orElseThrow();

    assertThat(oldest.content()).isEqualTo(bytes("mine"));
    assertThat(oldest.versions()).isEqualTo(2);
    assertThat(oldest.deleted()).isTrue();
    assertThat(store.get("k", 100)).isEmpty();
  }
}
