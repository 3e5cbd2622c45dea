package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RepositoryMarkerTest {

  private final MemoryBackupStore store = new MemoryBackupStore(InstantSource.fixed(Instant.EPOCH));

  @Test
  void theFirstUserNamesTheRepository() {
    assertThat(RepositoryMarker.look(store)).isEqualTo(new RepositoryMarker.Check.Absent());
    var first = RepositoryMarker.ensure(store, "one");
    var second = RepositoryMarker.ensure(store, "two");

    assertThat(first).isEqualTo(new RepositoryMarker.Check.Known(new RepositoryMarker(1, "one")));
    assertThat(second).isEqualTo(first);
    assertThat(RepositoryMarker.look(store)).isEqualTo(first);
  }

  @Test
  @Covers({"F76", "F82"})
  void aForeignOrNewerMarkerIsRefused() {
    for (String marker : List.of("hello", "{}", "[]")) {
      assertThat(RepositoryMarker.ensure(holding(marker), "mine"))
          .as(marker)
          .isInstanceOf(RepositoryMarker.Check.Foreign.class);
    }
    assertThat(
            RepositoryMarker.ensure(
                holding("{\"formatVersion\":2,\"repositoryId\":\"x\"}"), "mine"))
        .isInstanceOf(RepositoryMarker.Check.Newer.class);
  }

  private static MemoryBackupStore holding(String marker) {
    MemoryBackupStore store = new MemoryBackupStore(InstantSource.fixed(Instant.EPOCH));
    store.overwrite(Keys.MARKER, marker.getBytes(StandardCharsets.UTF_8));
    return store;
  }
}
