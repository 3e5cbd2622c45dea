package dev.muster.repository.probe;

import dev.muster.repository.memory.MemoryBackupStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bucket in memory, set up as it should be: it refuses whatever a probe hopes to be refused.
final class GuardedBucket implements BucketControl {

  private static final Attempt REFUSED = new Attempt.Refused("403 AccessDenied");

  private final MemoryBackupStore store;
  private final Map<String, Instant> locks = new HashMap<>();

  GuardedBucket(MemoryBackupStore store) {
    this.store = store;
  }

  @Override
  public void overwrite(String key, byte[] content) {
    store.overwrite(key, content);
  }

  @Override
  public boolean versioned() {
    return true;
  }

  @Override
  public boolean lockable() {
    return true;
  }

  @Override
  public Version putLocked(String key, byte[] content, Instant until) {
    store.overwrite(key, content);
    locks.put(key, until);
    return new Version(key, Optional.of("1"), until);
  }

  @Override
  public Optional<Instant> lockedUntil(Version version) {
    return Optional.ofNullable(locks.get(version.key()));
  }

  @Override
  public Attempt shorten(Version version, Instant until) {
    return REFUSED;
  }

  @Override
  public Attempt delete(Version version, boolean bypass) {
    return REFUSED;
  }

  @Override
  public List<Version> versions(String prefix) {
    return store.list(prefix).stream()
        .map(object -> new Version(object.key(), Optional.of("1"), object.lastModified()))
        .toList();
  }

  @Override
  public Attempt change(BucketSetting setting) {
    return REFUSED;
  }

  @Override
  public void close() {}
}
