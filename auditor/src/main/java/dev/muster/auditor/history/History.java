package dev.muster.auditor.history;

import dev.muster.auditor.report.TrendPoint;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.MalformedException;
import dev.muster.repository.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the kept reports of the last 90 days counted. Any thread may ask, one reads.
public final class History {
  private static final Logger log = LoggerFactory.getLogger(History.class);
  private static final Duration BACK = Duration.ofDays(90);

  private final BackupStore store;
  private final Keys keys;
  private final InstantSource clock;
  private final Map<Instant, Optional<Counted>> known = new HashMap<>();
  private volatile List<TrendPoint> trend = List.of();

  public History(BackupStore store, Keys keys, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  /// @param storeRead whether it says anything of what Muster protects
  private record Counted(TrendPoint point, boolean storeRead) {}

  /// One for each day that has any, the last of it that was made with the store, else the last;
  /// oldest first. As of the last [#read()].
  public List<TrendPoint> trend() {
    return trend;
  }

  /// Reads what is new. Throws where the store cannot be read, and then what was known stays.
  public void read() {
    Instant since = clock.instant().minus(BACK);
    List<Instant> slots =
        store.children(keys.reports()).stream()
            .flatMap(child -> Keys.reportSlot(child).stream())
            .filter(slot -> !slot.isBefore(since))
            .sorted(Comparator.reverseOrder())
            .toList();
    TreeMap<LocalDate, Counted> days = new TreeMap<>();
    for (Instant slot : slots) {
      LocalDate day = LocalDate.ofInstant(slot, ZoneOffset.UTC);
      Counted later = days.get(day);
      if (later == null || !later.storeRead()) {
        counted(slot)
            .filter(found -> later == null || found.storeRead())
            .ifPresent(found -> days.put(day, found));
      }
    }
    known.keySet().retainAll(slots);
    trend = days.values().stream().map(Counted::point).toList();
  }

  private Optional<Counted> counted(Instant slot) {
    Optional<Counted> before = known.get(slot);
    if (before != null) {
      return before;
    }
    String key = keys.reportCounts(slot);
    Optional<byte[]> stored = store.get(key, Sizes.JOURNAL_ENTRY);
    if (stored.isEmpty()) {
      return Optional.empty(); // it may still come
    }
    Optional<Counted> counted = decoded(key, stored.get());
    known.put(slot, counted);
    return counted;
  }

  /// What somebody else put there must not hide all other days.
  private static Optional<Counted> decoded(String key, byte[] stored) {
    try {
      ReportCounts counts = Json.decode(stored, ReportCounts.class, key);
      return Optional.of(
          new Counted(new TrendPoint(counts.at(), counts.counts()), counts.storeRead()));
    } catch (MalformedException e) {
      log.warn("{} is left out of the trend: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
