package dev.muster.auditor.history;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.schedule.DueSlots;
import dev.muster.model.Cron;
import dev.muster.model.Schedule;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Commit;
import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.Sizes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a report in the store for each slot of a schedule. After a standstill only the latest slot
/// that is due has one. A report that was made without the store waits for one that was made with
/// it, since nothing is ever changed or deleted. For one thread.
public final class ReportArchive {
  private static final Logger log = LoggerFactory.getLogger(ReportArchive.class);

  private final BackupStore store;
  private final Keys keys;
  private final Schedule schedule;
  private final InstantSource clock;
  private Instant kept = Instant.MIN;

  /// @param jitter the place of `H` in the schedule, which is in UTC
  public ReportArchive(
      BackupStore store, Keys keys, Cron cron, WorkloadKey jitter, InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.schedule = new Schedule(cron, ZoneOffset.UTC, Optional.empty(), jitter);
    this.clock = clock;
  }

  /// Keeps this report where a slot is due that has none; returns whether it has one now only.
  /// Throws where that is unknown: the next call tries again.
  public boolean keep(CoverageReport report) {
    Optional<Instant> due = DueSlots.latest(schedule, Instant.EPOCH, clock.instant());
    if (!report.storeRead()
        || due.isEmpty()
        || due.get().equals(kept)
        || report.at().isBefore(due.get())) {
      return false;
    }
    Instant slot = due.get();
    boolean absent = store.head(keys.reportCounts(slot)).isEmpty();
    if (absent) {
      write(slot, report);
    }
    kept = slot;
    return absent;
  }

  /// The counts come last: they say that all is there.
  private void write(Instant slot, CoverageReport report) {
    String sha256 = whole(keys.report(slot), report);
    byte[] counts = Json.encode(ReportCounts.of(report, sha256));
    var unused = commit(keys.reportCounts(slot), counts);
    log.info("the report of {} is kept as {}", slot, keys.reportCounts(slot));
  }

  private @Nullable String whole(String key, CoverageReport report) {
    byte[] packed = packed(report);
    if (packed.length > Sizes.JOURNAL_ENTRY) {
      log.warn("{} is not kept: it has {} bytes, only its counts are", key, packed.length);
      return null;
    }
    return Digests.sha256(commit(key, packed));
  }

  /// What the store holds now: a leader before us may have got as far as here.
  private byte[] commit(String key, byte[] content) {
    return switch (Commit.commit(store, key, content)) {
      case Commit.Outcome.Committed() -> content;
      case Commit.Outcome.Lost(byte[] stored) -> stored;
    };
  }

  private static byte[] packed(CoverageReport report) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      Json.write(report, zip);
    } catch (IOException e) {
      throw new UncheckedIOException("memory refused a report", e);
    }
    return packed.toByteArray();
  }
}
