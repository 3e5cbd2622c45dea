package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.directory.DirectoryBackupStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryBackupStoreTest extends BackupStoreContract {

  @TempDir Path root;
  private BackupStore store;

  @BeforeEach
  void open() {
    store = DirectoryBackupStore.open(root);
  }

  @Override
  BackupStore store() {
    return store;
  }

  @Test
  void noKeyLeavesTheRoot() {
    for (String key : new String[] {"../x", "a/../../x", "/x", "a//x", "", ".muster/x", "a/.x"}) {
      assertThat(kind(() -> store.putIfAbsent(key, bytes("x")))).isEqualTo(Kind.UNSUPPORTED);
      assertThat(kind(() -> store.get(key, 10))).isEqualTo(Kind.UNSUPPORTED);
    }
  }

  @Test
  void whatIsNotFinishedIsNotSeen() {
    String upload = store.createUpload(folder + "x");
    send(folder + "x", upload, 1, noise(1, 10));

    assertThat(store.list("")).isEmpty();
    assertThat(store.children("")).isEmpty();
  }

  @Test
  void nothingIsLeftOfACompletedUpload() throws Exception {
    String upload = store.createUpload(folder + "x");
    send(folder + "x", upload, 1, noise(1, 10));
    store.completeUpload(folder + "x", upload, store.listParts(folder + "x", upload));

    try (var files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(root.resolve(folder + "x"));
    }
  }

  @Test
  void nothingIsSigned() {
    assertThat(kind(() -> store.presignGet("x", Duration.ofMinutes(1))))
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void aRootThatIsNoDirectoryIsTold() {
    assertThat(kind(() -> DirectoryBackupStore.open(root.resolve("none"))))
        .isEqualTo(Kind.NOT_FOUND);
  }
}
