package dev.muster.auditor.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of one run: its journal, in memory. Changed only by the run's own turn.
final class RunRecord {

  private final Entry.Planned planned;
  private final List<Try> tries = new ArrayList<>();
  private Optional<Entry.Sealed> sealed = Optional.empty();
  private Optional<Entry.Failure> failed = Optional.empty();

  RunRecord(Entry.Planned planned) {
    this.planned = planned;
  }

  /// One attempt, begun or refused before it began.
  record Try(
      String id, int number, Optional<Entry.Attempt> begun, Optional<Entry.Failure> failed) {}

  Entry.Planned planned() {
    return planned;
  }

  /// The attempt that is open, or else the last one. Leaders that followed each other may have left
  /// several open ones: each must end before the next begins.
  Optional<Try> last() {
    return tries.reversed().stream()
        .filter(t -> t.failed().isEmpty())
        .findFirst()
        .or(() -> tries.reversed().stream().findFirst());
  }

  boolean open() {
    return last().filter(t -> t.failed().isEmpty()).isPresent();
  }

  void begun(Entry.Attempt attempt) {
    tries.add(
        new Try(
            attempt.attempt(), number(attempt.attempt()), Optional.of(attempt), Optional.empty()));
    sort();
  }

  void failedAttempt(Entry.Failure failure) {
    Optional<Try> open = tries.stream().filter(t -> t.id().equals(failure.attempt())).findFirst();
    open.ifPresent(tries::remove);
    tries.add(
        new Try(
            failure.attempt(),
            number(failure.attempt()),
            open.flatMap(Try::begun),
            Optional.of(failure)));
    sort();
  }

  void sealed(Entry.Sealed entry) {
    sealed = Optional.of(entry);
  }

  void failed(Entry.Failure failure) {
    failed = Optional.of(failure);
  }

  Optional<Entry.Sealed> seal() {
    return sealed;
  }

  Optional<Entry.Failure> failure() {
    return failed;
  }

  boolean ended() {
    return sealed.isPresent() || failed.isPresent();
  }

  private void sort() {
    tries.sort(java.util.Comparator.comparingInt(Try::number).thenComparing(Try::id));
  }

  static int number(String attempt) {
    return dev.muster.model.AttemptId.parse(attempt).number();
  }
}
