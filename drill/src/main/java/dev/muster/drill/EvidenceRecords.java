package dev.muster.drill;

import dev.muster.repository.EvidenceChain;
import dev.muster.repository.EvidenceLog;
import dev.muster.repository.Json;
import dev.muster.repository.Statement;
import dev.muster.repository.VerifyingKey;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drills on record as evidence in the store.
final class EvidenceRecords implements DrillRecords {
  private static final Logger log = LoggerFactory.getLogger(EvidenceRecords.class);

  private final EvidenceLog evidence;
  private final List<VerifyingKey> pinned;

  EvidenceRecords(EvidenceLog evidence, List<VerifyingKey> pinned) {
    this.evidence = evidence;
    this.pinned = List.copyOf(pinned);
  }

  @Override
  public List<DrillResult> all() {
    return switch (EvidenceChain.verify(evidence.envelopes(), pinned, Optional.empty())) {
      case EvidenceChain.Result.Intact(_, List<Statement> statements) ->
          statements.stream()
              .filter(it -> it.predicateType().equals(DrillResult.PREDICATE_TYPE))
              .map(EvidenceRecords::result)
              .toList();
      case EvidenceChain.Result.Broken(long sequence, String detail) -> {
        log.error(
            "the chain of evidence is broken at {}: {}; nothing in it counts until a person has"
                + " looked at it",
            sequence,
            detail);
        yield List.of();
      }
    };
  }

  @Override
  public void append(DrillReport report) {
    EvidenceLog.Head head =
        evidence.append(
            report.ended(),
            report.manifestKey(),
            report.manifestSha256(),
            DrillResult.PREDICATE_TYPE,
            DrillResult.of(report));
    log.info("drill {} is on record at {}, head {}", report.id(), head.key(), head.text());
  }

  private static DrillResult result(Statement statement) {
    return Json.decode(
        Json.encode(statement.predicate().result()), DrillResult.class, "result of a drill");
  }
}
