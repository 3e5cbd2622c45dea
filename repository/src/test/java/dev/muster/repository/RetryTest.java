package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.testkit.Covers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class RetryTest {

  private final MemoryBackupStore memory =
      new MemoryBackupStore(InstantSource.fixed(Instant.EPOCH));
  private final List<Duration> pauses = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  @Covers("F68")
  void whatMaySucceedLaterIsRepeatedWithGrowingPauses() {
    BackupStore store = retrying(new Failing(memory, StoreException.Kind.THROTTLED, 5, false));

    assertThat(Commit.commit(store, "k", new byte[] {1})).isEqualTo(new Commit.Outcome.Committed());
    assertThat(pauses).hasSize(5);
    assertThat(pauses.getLast()).isGreaterThan(pauses.getFirst());
  }

  @Test
  @Covers({"F64", "F66"})
  void aLostAnswerToOurOwnWriteIsRecognised() {
    BackupStore store = retrying(new Failing(memory, StoreException.Kind.UNAVAILABLE, 1, true));

    assertThat(Commit.commit(store, "k", new byte[] {1})).isEqualTo(new Commit.Outcome.Committed());
  }

  @Test
  @Covers("F69")
  void aRefusalIsNotRepeated() {
    BackupStore store = retrying(new Failing(memory, StoreException.Kind.DENIED, 1, false));

    assertThatThrownBy(() -> store.putIfAbsent("k", new byte[] {1}))
        .isInstanceOf(StoreException.class);
    assertThat(pauses).isEmpty();
  }

  @Test
  @Covers("F68")
  void repetitionEndsLoud() {
    BackupStore store = retrying(new Failing(memory, StoreException.Kind.UNAVAILABLE, 99, false));

    assertThatThrownBy(() -> store.get("k", 1)).isInstanceOf(StoreException.class);
    assertThat(pauses).hasSize(Backoff.STORE.attempts() - 1);
  }

  @Test
  @Covers("F68")
  void aSilentStoreHoldsOneSmallCallForNinetySecondsAtMost() {
    BackupStore store = retrying(silent(Duration.ofSeconds(34)));

    Duration listing = spent(() -> store.list("runs/"));
    Duration creation = spent(() -> store.putIfAbsent("k", new byte[] {1}));

    assertThat(listing).isLessThanOrEqualTo(Duration.ofSeconds(90));
    assertThat(creation).isLessThanOrEqualTo(Duration.ofSeconds(90));
  }

  @Test
  @Covers("F68")
  void dataIsWaitedForLonger() {
    BackupStore store = retrying(silent(Duration.ofMinutes(1)));

    assertThatThrownBy(() -> store.openStream("k", 0, -1)).hasMessageContaining("tried 5 times");
    assertThatThrownBy(() -> store.completeUpload("k", "u", List.of()))
        .hasMessageContaining("tried 5 times");
  }

  @Test
  @Covers("F68")
  void theErrorSaysWhichStoreWasTriedHowOftenAndHowLong() {
    BackupStore store = retrying(silent(Duration.ofSeconds(12)));

    assertThatThrownBy(() -> store.head("k"))
        .hasMessageContaining("store https://s3.test, bucket b: cannot look at k")
        .hasMessageContaining("tried 5 times in 6");
  }

  @Test
  void whoeverListensHearsTheEndOfEachCall() {
    List<String> heard = new ArrayList<>();
    BackupStore good = new TellingBackupStore(memory, () -> heard.add("good"));
    BackupStore bad =
        new TellingBackupStore(
            new Failing(memory, StoreException.Kind.DENIED, 1, false), () -> heard.add("bad"));

    good.putIfAbsent("k", new byte[] {1});
    good.list("");
    assertThatThrownBy(() -> bad.list("")).isInstanceOf(StoreException.class);

    assertThat(heard).containsExactly("good", "good", "bad");
  }

  @Test
  void aReadOnlyStoreRefusesEveryChange() {
    BackupStore store = new ReadOnlyBackupStore(memory);

    for (Runnable change :
        List.<Runnable>of(
            () -> store.putIfAbsent("k", new byte[0]),
            () -> store.createUpload("k"),
            () -> store.presignPart("k", "u", 1, 1, "00", Duration.ofMinutes(1)),
            () -> store.completeUpload("k", "u", List.of()),
            () -> store.abortUpload("k", "u"))) {
      assertThatThrownBy(change::run)
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DENIED));
    }
    assertThat(store.list("")).isEmpty();
  }

  private BackupStore retrying(BackupStore store) {
    return new RetryingBackupStore(
        store, RetryBudget.SERVER, this::pause, nanos::get, new Random(1));
  }

  private void pause(Duration pause) {
    pauses.add(pause);
    nanos.addAndGet(pause.toNanos());
  }

  /// Takes the connection, and each try ends after this time without an answer.
  private BackupStore silent(Duration each) {
    return new DelegatingBackupStore(memory) {
      @Override
      <T> T read(String what, Supplier<T> call) {
        nanos.addAndGet(each.toNanos());
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE,
            "store https://s3.test, bucket b: cannot " + what,
            null);
      }

      @Override
      <T> T write(String what, Supplier<T> call) {
        return read(what, call);
      }
    };
  }

  private Duration spent(Runnable call) {
    long began = nanos.get();
    assertThatThrownBy(call::run).isInstanceOf(StoreException.class);
    return Duration.ofNanos(nanos.get() - began);
  }

  /// Fails the first calls, before or after they took effect.
  private static final class Failing extends DelegatingBackupStore {
    private final StoreException.Kind kind;
    private final boolean after;
    private int left;

    Failing(BackupStore store, StoreException.Kind kind, int left, boolean after) {
      super(store);
      this.kind = kind;
      this.left = left;
      this.after = after;
    }

    @Override
    <T> T read(String what, Supplier<T> call) {
      if (left > 0) {
        left--;
        if (after) {
          var unused = call.get();
        }
        throw new StoreException(kind, what, null);
      }
      return call.get();
    }

    @Override
    <T> T write(String what, Supplier<T> call) {
      return read(what, call);
    }
  }
}
