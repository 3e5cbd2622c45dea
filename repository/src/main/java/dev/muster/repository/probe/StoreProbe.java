package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.probe.Finding.Result;
import dev.muster.repository.probe.LockChecks.Held;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Finds out by asking whether a store is what Muster needs. Writes small objects below a folder of
/// its own, and deletes them again as far as its credential may. Changes no setting. What a probe
/// that could not go on has left, a later one deletes.
public final class StoreProbe {

  private static final Duration CLOSE = Duration.ofMinutes(5);
  private static final int PUT_ROUNDS = 5;
  private static final int COMPLETE_ROUNDS = 3;

  private final BackupStore store;
  private final BucketControl control;
  private final InstantSource clock;
  private final Scratch scratch;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<Duration> offset = Optional.empty();

  private StoreProbe(BackupStore store, BucketControl control, InstantSource clock) {
    this.store = store;
    this.control = control;
    this.clock = clock;
    this.scratch = new Scratch(store, Keys.probe(UUID.randomUUID().toString()));
  }

  /// `store` and `control` ask the same place with the same credential. Throws [StoreException] if
  /// it cannot be reached; what it refuses is a finding.
  public static ProbeReport run(BackupStore store, BucketControl control, InstantSource clock) {
    return new StoreProbe(store, control, clock).run();
  }

  private ProbeReport run() {
    ask(Requirement.CLOCK, this::clock);
    writes();
    reads();
    rights();
    Optional<Integer> left = new Leftovers(control).clear(scratch.folder(), storesNow());
    return new ProbeReport(findings, scratch.folder(), left, offset);
  }

  private void writes() {
    WriteChecks writes = new WriteChecks(scratch);
    ask(Requirement.CONDITIONAL_PUT, writes::conditionalPut);
    ask(Requirement.CONDITIONAL_COMPLETE, writes::conditionalComplete);
    ask(
        Requirement.ONE_WINNER_PUT,
        () -> writes.oneWinner(PUT_ROUNDS, "put-race", key -> Race.commits(store, key)));
    ask(
        Requirement.ONE_WINNER_COMPLETE,
        () ->
            writes.oneWinner(
                COMPLETE_ROUNDS, "complete-race", key -> Race.completions(store, key)));
    UploadChecks uploads = new UploadChecks(scratch);
    ask(Requirement.UNFINISHED_HIDDEN, uploads::unfinishedHidden);
    ask(Requirement.UPLOADS_LISTED, uploads::listed);
    ask(Requirement.ABORT, uploads::abort);
    ask(Requirement.WRONG_CHECKSUM, uploads::wrongChecksum);
  }

  private void reads() {
    ReadChecks reads = new ReadChecks(scratch);
    ask(Requirement.READ_AFTER_WRITE, reads::readAfterWrite);
    ask(Requirement.LIST_AFTER_WRITE, reads::listAfterWrite);
    ask(Requirement.RANGES, reads::ranges);
  }

  private void rights() {
    LockChecks locks = new LockChecks(scratch, control);
    ask(Requirement.VERSIONING, locks::versioning);
    List<Held> held = new ArrayList<>();
    ask(
        Requirement.OBJECT_LOCK,
        () -> {
          LockChecks.Locked locked = locks.lock(storesNow());
          locked.held().ifPresent(held::add);
          return locked.result();
        });
    held.forEach(each -> ask(Requirement.LOCK_HOLDS, () -> locks.holds(each)));
    ask(Requirement.NO_DELETING, locks::noDeleting);
    ask(Requirement.NO_VERSIONING_CHANGE, () -> unchanged(BucketSetting.VERSIONING));
    ask(Requirement.NO_LOCK_CHANGE, () -> unchanged(BucketSetting.LOCK));
    ask(Requirement.NO_POLICY_CHANGE, () -> unchanged(BucketSetting.POLICY));
    ask(Requirement.NO_LIFECYCLE_CHANGE, () -> unchanged(BucketSetting.LIFECYCLE));
  }

  /// The time that the store wrote beside an object is the one that its locks go by.
  private Result clock() {
    String key = scratch.key("clock");
    Instant before = clock.instant();
    store.putIfAbsent(key, Scratch.noise(1, 1));
    Instant after = clock.instant();
    Optional<Instant> written = store.head(key).map(ObjectHead::lastModified);
    if (written.isEmpty()) {
      return new Result.Unknown("an object that was written is not there");
    }
    Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
    Duration found = toSecond(Duration.between(middle, untruncated(written.get())));
    offset = Optional.of(found);
    String said = "%d s from ours, to a second".formatted(found.toSeconds());
    return found.abs().compareTo(CLOSE) < 0 ? new Result.Met(said) : new Result.NotMet(said);
  }

  /// Servers cut off what is less than a second: on average half of one.
  private static Instant untruncated(Instant written) {
    return written.getNano() == 0 ? written.plusMillis(500) : written;
  }

  private static Duration toSecond(Duration exact) {
    return Duration.ofSeconds(Math.round(exact.toMillis() / 1000.0));
  }

  private Result unchanged(BucketSetting setting) {
    return switch (control.change(setting)) {
      case Attempt.Refused(String said) -> new Result.Met("refused: " + said);
      case Attempt.Unsupported(String said) -> new Result.Met("nobody can: " + said);
      case Attempt.Judged(String said) ->
          new Result.NotMet("it might: the store found fault with the request alone: " + said);
      case Attempt.Done() ->
          new Result.NotMet("the store took a text that is no setting: look at the bucket");
    };
  }

  private Instant storesNow() {
    return clock.instant().plus(offset.orElse(Duration.ZERO));
  }

  /// What a store refuses is an answer; that it is gone is none.
  private void ask(Requirement requirement, Supplier<Result> check) {
    findings.add(new Finding(requirement, answer(check)));
  }

  private Result answer(Supplier<Result> check) {
    try {
      return check.get();
    } catch (StoreException e) {
      if (e.retryable() || e.kind() == Kind.TLS) {
        store.head(scratch.key("clock"));
      }
      return e.kind() == Kind.UNSUPPORTED
          ? new Result.NotMet(String.valueOf(e.getMessage()))
          : new Result.Unknown(String.valueOf(e.getMessage()));
    }
  }
}
