package dev.muster.auditor.seal;

import dev.muster.auditor.run.Entry;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.Manifest;
import dev.muster.repository.ProbeLines;
import dev.muster.repository.Sealer;
import dev.muster.repository.wire.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts a manifest together. Pure.
final class ManifestDraft {

  private ManifestDraft() {}

  /// The point before this one, and the digest of its stored bytes.
  record Previous(@Nullable String point, @Nullable String sha256) {
    static final Previous NONE = new Previous(null, null);
  }

  static Manifest of(
      String clusterUid,
      Entry.Planned run,
      Entry.Attempt attempt,
      RunReport report,
      Map<String, Sealer.Completion.Stored> stored,
      Previous previous,
      Instant now,
      @Nullable Duration clockOffset) {
    List<Manifest.Probe> probes =
        report.probes().stream()
            .map(probe -> ProbeLines.parse(probe.stream(), probe.lines()))
            .toList();
    return new Manifest(
        Manifest.FORMAT_VERSION,
        identity(clusterUid, run, attempt),
        consistency(attempt, probes, now),
        new Manifest.Encryption(attempt.recipients()),
        report.streams().stream().map(s -> stream(attempt, s, stored)).toList(),
        probes,
        new Manifest.Chain(
            previous.point(),
            previous.sha256(),
            now,
            Duration.between(attempt.startedAt(), now),
            clockOffset));
  }

  /// The same point with probes of counts only left out, for a manifest that would be too large.
  static Manifest withoutTables(Manifest full) {
    List<Manifest.Probe> bare =
        full.probes().stream()
            .map(p ->
                new Manifest.Probe(
                    p.stream(), p.relation(), p.schemaHash(), p.position(), List.of()))
            .toList();
    var consistency = full.consistency();
    var warned =
        new Manifest.Consistency(
            consistency.guarantee(),
            consistency.mechanism(),
            consistency.windowOpened(),
            consistency.windowClosed(),
            consistency.positions(),
            consistency.snapshotHandles(),
            Stream.concat(
                    consistency.warnings().stream(),
                    Stream.of("too many tables: their counts are not in the manifest"))
                .toList());
    return new Manifest(
        full.formatVersion(),
        full.identity(),
        warned,
        full.encryption(),
        full.streams(),
        bare,
        full.chain());
  }

  private static Manifest.Identity identity(
      String clusterUid, Entry.Planned run, Entry.Attempt attempt) {
    Entry.Target target = attempt.target();
    return new Manifest.Identity(
        clusterUid,
        run.namespace(),
        target.namespaceUid(),
        run.kind(),
        run.name(),
        run.uid(),
        WorkloadKey.of(run.kind(), run.namespace(), run.name()).value(),
        target.podUid(),
        target.container(),
        target.image(),
        target.imageDigest(),
        run.plan(),
        run.retention(),
        run.slot(),
        run.point(),
        run.runId(),
        attempt.attempt());
  }

  private static Manifest.Consistency consistency(
      Entry.Attempt attempt, List<Manifest.Probe> probes, Instant now) {
    Map<String, String> positions = new TreeMap<>();
    probes.forEach(probe -> {
      if (probe.position() != null) {
        positions.put(probe.stream(), probe.position());
      }
    });
    return new Manifest.Consistency(
        Guarantee.of(probes),
        "dump",
        attempt.startedAt(),
        now,
        positions,
        List.of(),
        Guarantee.warnings(probes));
  }

  private static Manifest.Stream stream(
      Entry.Attempt attempt,
      RunReport.StreamReport report,
      Map<String, Sealer.Completion.Stored> stored) {
    Sealer.Completion.Stored done = Objects.requireNonNull(stored.get(report.name()));
    Entry.Stream ordered =
        attempt.streams().stream()
            .filter(s -> s.name().equals(report.name()))
            .findFirst()
            .orElseThrow();
    return new Manifest.Stream(
        report.name(),
        0,
        report.trailerSeen(),
        report.plainBytes(),
        report.plainSha256(),
        done.segments(),
        done.partList(),
        attempt.engine(),
        ordered.database().isEmpty() ? null : ordered.database(),
        null,
        null,
        attempt.engine(),
        attempt.profileDigest());
  }
}
