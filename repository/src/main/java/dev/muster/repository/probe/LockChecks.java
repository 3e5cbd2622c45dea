package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.StoreException;
import dev.muster.repository.probe.BucketControl.Version;
import dev.muster.repository.probe.Finding.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What keeps backups from somebody who has stolen the credential.
final class LockChecks {

  private static final int SIZE = 1000;
  private static final Duration LOCKED = Duration.ofMinutes(1);

  private final BackupStore store;
  private final BucketControl control;
  private final Scratch scratch;

  LockChecks(Scratch scratch, BucketControl control) {
    this.store = scratch.store();
    this.control = control;
    this.scratch = scratch;
  }

  /// What the store does counts, not what its setting says. The overwritten object is ours.
  Result versioning() {
    String key = scratch.key("versions");
    byte[] first = Scratch.noise(1, SIZE);
    store.putIfAbsent(key, first);
    try {
      control.overwrite(key, Scratch.noise(2, SIZE));
    } catch (StoreException e) {
      return e.kind() == StoreException.Kind.DENIED && control.versioned()
          ? new Result.Met("the bucket says so; this credential may overwrite nothing")
          : new Result.Unknown(String.valueOf(e.getMessage()));
    }
    Optional<OldestVersion> oldest = store.getOldest(key, SIZE);
    boolean kept =
        oldest.filter(o -> Arrays.equals(o.content(), first) && o.versions() == 2).isPresent();
    return kept
        ? new Result.Met("the first version is still read")
        : new Result.NotMet("whoever has this credential can replace a manifest");
  }

  Result noDeleting() {
    String key = scratch.key("delete");
    store.putIfAbsent(key, Scratch.noise(1, 1));
    Version mine =
        control.versions(key).stream()
            .filter(v -> v.key().equals(key))
            .findFirst()
            .orElseThrow(() ->
                new StoreException(
                    StoreException.Kind.NOT_FOUND, key + " has no version to delete", null));
    return switch (control.delete(mine, false)) {
      case Attempt.Done() -> new Result.NotMet("it deleted one that no lock kept");
      case Attempt.Refused(String said) -> new Result.Met("refused: " + said);
      case Attempt.Judged(String said) -> untried(said);
      case Attempt.Unsupported(String said) -> untried(said);
    };
  }

  /// Locks an object for a minute; nothing else of what a probe writes outlives it.
  Locked lock(Instant storesNow) {
    if (!control.lockable()) {
      return new Locked(
          new Result.NotMet("the bucket has no Object Lock: what may delete, may delete backups"),
          Optional.empty());
    }
    Instant until = storesNow.plus(LOCKED).truncatedTo(ChronoUnit.SECONDS);
    Version version = control.putLocked(scratch.key("locked"), Scratch.noise(1, SIZE), until);
    return new Locked(
        new Result.Met("for a minute, in compliance mode"), Optional.of(new Held(version, until)));
  }

  /// @param held what is locked now
  record Locked(Result result, Optional<Held> held) {}

  record Held(Version version, Instant until) {}

  /// The gentlest attempt first: each would be the last one if it succeeded.
  Result holds(Held held) {
    List<String> refusals = new ArrayList<>();
    record Try(String what, Attempt attempt) {}
    for (Try each :
        List.of(
            new Try("shortened", control.shorten(held.version(), held.until().minusSeconds(30))),
            new Try("deleted", control.delete(held.version(), false)),
            new Try("deleted by a bypass", control.delete(held.version(), true)))) {
      switch (each.attempt()) {
        case Attempt.Refused(String said) -> refusals.add(said);
        case Attempt.Done() -> {
          return new Result.NotMet("a locked object was " + each.what());
        }
        case Attempt.Judged(String said) -> {
          return untried(said);
        }
        case Attempt.Unsupported(String said) -> {
          return untried(said);
        }
      }
    }
    boolean there =
        store.get(held.version().key(), SIZE).isPresent()
            && control
                .lockedUntil(held.version())
                .filter(held.until().minusSeconds(1)::isBefore)
                .isPresent();
    return there
        ? new Result.Met("refused: " + String.join(", ", refusals))
        : new Result.NotMet("the object or its lock is gone, although its end was refused");
  }

  /// A request that was not refused for what it asks proves nothing.
  private static Result untried(String said) {
    return new Result.Unknown("it could not be tried: " + said);
  }
}
