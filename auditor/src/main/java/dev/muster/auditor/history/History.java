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
  private final Map<Instant, Optional<TrendPoint>> known = new HashMap<>();
  private volatile List<TrendPoint> trend = List.of();

  public History(BackupStore store, Keys keys, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  /// One for each day that has any, the last of it; oldest first. As of the last [#read()].
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
    TreeMap<LocalDate, TrendPoint> days = new TreeMap<>();
    for (Instant slot : slots) {
      LocalDate day = LocalDate.ofInstant(slot, ZoneOffset.UTC);
      if (!days.containsKey(day)) {
        point(slot).ifPresent(point -> days.put(day, point));
      }
    }
    known.keySet().retainAll(slots);
    trend = List.copyOf(days.values());
  }

  private Optional<TrendPoint> point(Instant slot) {
    Optional<TrendPoint> before = known.get(slot);
    if (before != null) {
      return before;
    }
    String key = keys.reportCounts(slot);
    Optional<byte[]> stored = store.get(key, Sizes.JOURNAL_ENTRY);
    if (stored.isEmpty()) {
      return Optional.empty(); // it may still come
    }
    Optional<TrendPoint> point = decoded(key, stored.get());
    known.put(slot, point);
    return point;
  }

  /// What somebody else put there must not hide all other days.
  private static Optional<TrendPoint> decoded(String key, byte[] stored) {
    try {
      ReportCounts counts = Json.decode(stored, ReportCounts.class, key);
      return Optional.of(new TrendPoint(counts.at(), counts.counts()));
    } catch (MalformedException e) {
      log.warn("{} is left out of the trend: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
