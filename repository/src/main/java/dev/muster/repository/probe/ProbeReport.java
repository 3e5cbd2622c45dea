package dev.muster.repository.probe;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a probe found out.
///
/// @param folder below which it wrote
/// @param left how many versions of objects it could not delete there; empty if that is not known
/// @param clockOffset the store's clock minus ours, to a second
public record ProbeReport(
    List<Finding> findings, String folder, Optional<Integer> left, Optional<Duration> clockOffset) {

  public ProbeReport {
    findings = List.copyOf(findings);
  }

  /// What the findings come to.
  public sealed interface Verdict {

    /// Everything that Muster asks of a store.
    record Fit() implements Verdict {}

    /// Backups are safe there as far as nothing goes wrong that these would have withstood.
    record Degraded(List<Finding> lacking) implements Verdict {}

    /// Not to be used: backups could be lost or mixed up there without anybody doing wrong.
    record Refused(List<Finding> lacking) implements Verdict {}
  }

  public Verdict verdict() {
    List<Finding> lacking = findings.stream().filter(Predicate.not(Finding::met)).toList();
    List<Finding> fatal = lacking.stream().filter(Finding::required).toList();
    if (!fatal.isEmpty()) {
      return new Verdict.Refused(fatal);
    }
    return lacking.isEmpty() ? new Verdict.Fit() : new Verdict.Degraded(lacking);
  }
}
