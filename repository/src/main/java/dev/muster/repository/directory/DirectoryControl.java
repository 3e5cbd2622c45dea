package dev.muster.repository.directory;

import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.probe.Attempt;
import dev.muster.repository.probe.BucketControl;
import dev.muster.repository.probe.BucketSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A directory keeps one version of a file, locks none, and has no settings.
public final class DirectoryControl implements BucketControl {

  private final Layout layout;
  private final DirectoryBackupStore store;

  private DirectoryControl(Path root) {
    this.layout = new Layout(root.toAbsolutePath().normalize());
    this.store = DirectoryBackupStore.open(root);
  }

  /// Throws [Kind#NOT_FOUND] if there is no such directory.
  public static DirectoryControl open(Path root) {
    return new DirectoryControl(root);
  }

  @Override
  public void overwrite(String key, byte[] content) {
    try {
      Files.write(layout.file(key), content);
    } catch (IOException e) {
      throw failure("overwrite " + key, e);
    }
  }

  @Override
  public boolean versioned() {
    return false;
  }

  @Override
  public boolean lockable() {
    return false;
  }

  @Override
  public Version putLocked(String key, byte[] content, Instant until) {
    throw new StoreException(Kind.UNSUPPORTED, "a directory locks no object", null);
  }

  @Override
  public Optional<Instant> lockedUntil(Version version) {
    return Optional.empty();
  }

  @Override
  public Attempt shorten(Version version, Instant until) {
    return new Attempt.Unsupported("a directory locks no object");
  }

  /// Folders that become empty go too.
  @Override
  public Attempt delete(Version version, boolean bypass) {
    try {
      Files.delete(layout.file(version.key()));
      deleteEmpty(layout.file(version.key()).getParent());
      return new Attempt.Done();
    } catch (IOException e) {
      throw failure("delete " + version.key(), e);
    }
  }

  @Override
  public List<Version> versions(String prefix) {
    return store.list(prefix).stream()
        .map(object -> new Version(object.key(), Optional.empty(), object.lastModified()))
        .toList();
  }

  @Override
  public Attempt change(BucketSetting setting) {
    return new Attempt.Unsupported("a directory has no settings");
  }

  @Override
  public void close() {
    store.close();
  }

  private void deleteEmpty(@Nullable Path folder) throws IOException {
    for (Path each = folder; each != null && !each.equals(layout.root()); each = each.getParent()) {
      try (var files = Files.list(each)) {
        if (files.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(each);
    }
  }

  private static StoreException failure(String what, IOException e) {
    return new StoreException(Kind.UNAVAILABLE, "cannot %s: %s".formatted(what, e), e);
  }
}
