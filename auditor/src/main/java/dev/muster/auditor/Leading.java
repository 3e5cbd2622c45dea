package dev.muster.auditor;

import dev.muster.cluster.Leadership;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Attends the Lease, and holds what lives as long as one leadership does. After each lapse that is
/// made anew, also where the Lease was regained before anybody looked: another replica may have led
/// meanwhile.
final class Leading<T> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Leading.class);

  private final Leadership leadership;
  private final Function<BooleanSupplier, Optional<T>> begin;
  private final Consumer<T> end;
  private volatile Optional<T> current = Optional.empty();
  private volatile long term;

  /// @param begin makes what one leadership needs, if anything; what it is given says whether that
  ///   leadership still lasts, and never again once it has lapsed
  /// @param end ends it
  Leading(Leadership leadership, Function<BooleanSupplier, Optional<T>> begin, Consumer<T> end) {
    this.leadership = leadership;
    this.begin = begin;
    this.end = end;
  }

  /// To be called every few seconds by one thread. Returns whether a leadership has just begun;
  /// throws where it could not: the next call tries again.
  boolean attend() {
    long now = leadership.attend() ? leadership.term() : 0;
    if (now == term) {
      return false;
    }
    if (term != 0) {
      log.warn("{}: the leadership has lapsed", leadership);
      end();
    }
    if (now == 0) {
      return false;
    }
    log.info("{}: leads", leadership);
    current = begin.apply(() -> leadership.term() == now);
    term = now;
    return true;
  }

  boolean held() {
    return leadership.held();
  }

  Optional<T> current() {
    return current;
  }

  /// Ends what was held and gives the Lease back.
  @Override
  public void close() {
    end();
    leadership.resign();
  }

  private void end() {
    Optional<T> ending = current;
    current = Optional.empty();
    term = 0;
    ending.ifPresent(end);
  }
}
