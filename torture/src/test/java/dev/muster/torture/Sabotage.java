package dev.muster.torture;

import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.Sealing;
import dev.muster.repository.wire.RunReport;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A check that is taken out, to see that the torture finds what it was there for.
enum Sabotage {
  /// The kubelet's exit code of a dump.
  EXIT_CODE,
  /// The engine's end mark.
  TRAILER,
  /// How a dump must begin.
  MAGIC,
  /// That the report has every stream that was ordered.
  REPORT_STREAMS,
  /// What the store says about parts and objects.
  STORE_FACTS,
  /// What the restore's mover says at its end.
  RESTORE_VERDICT;

  static Optional<Sabotage> of(String word) {
    return word.isBlank()
        ? Optional.empty()
        : Optional.of(valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Sealing that asks for no more streams than the mover reports.
  static Sealing ofReportedStreams(Sealing real) {
    return new Sealing() {
      @Override
      public Outcome seal(
          Entry.Planned run,
          Entry.Attempt attempt,
          RunReport report,
          Map<String, Integer> exitCodes) {
        return real.seal(run, onlyReported(attempt, report), report, exitCodes);
      }

      @Override
      public Optional<Standing> standing(Entry.Planned run) {
        return real.standing(run);
      }
    };
  }

  private static Entry.Attempt onlyReported(Entry.Attempt attempt, RunReport report) {
    return new Entry.Attempt(
        attempt.attempt(),
        attempt.startedAt(),
        attempt.deadline(),
        attempt.job(),
        attempt.target(),
        attempt.engine(),
        attempt.profileDigest(),
        attempt.recipients(),
        attempt.streams().stream()
            .filter(s -> report.streams().stream().anyMatch(r -> r.name().equals(s.name())))
            .toList());
  }
}
