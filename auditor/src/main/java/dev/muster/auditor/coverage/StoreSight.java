package dev.muster.auditor.coverage;

import dev.muster.auditor.inventory.Use;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.StoreException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the store says in one round, asked once for each workload. A store that fails is told in
/// the log; it throws nothing. For one thread at a time.
final class StoreSight {
  private static final Logger log = LoggerFactory.getLogger(StoreSight.class);

  private final Optional<EvidenceReader> reader;
  private final boolean ahead;
  private final Optional<EvidenceReader.Statements> statements;
  private final Map<WorkloadKey, Optional<WorkloadEvidence>> known = new HashMap<>();

  private StoreSight(
      Optional<EvidenceReader> reader,
      boolean ahead,
      Optional<EvidenceReader.Statements> statements) {
    this.reader = reader;
    this.ahead = ahead;
    this.statements = statements;
  }

  static StoreSight of(Optional<EvidenceReader> reader) {
    return new StoreSight(reader, false, statements(reader));
  }

  /// Of what has reached no cluster yet: there can be no point.
  static StoreSight ahead() {
    return new StoreSight(Optional.empty(), true, Optional.empty());
  }

  private static Optional<EvidenceReader.Statements> statements(Optional<EvidenceReader> reader) {
    try {
      return reader.map(EvidenceReader::statements);
    } catch (StoreException e) {
      log.error("the evidence was not read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /// Whether points could be looked at.
  boolean read() {
    return statements.isPresent();
  }

  /// @param told whether this can tell of a volume
  VolumeSight.Evidence evidence(boolean told) {
    if (ahead) {
      return VolumeSight.Evidence.AHEAD;
    }
    return told ? VolumeSight.Evidence.READ : VolumeSight.Evidence.UNREAD;
  }

  /// Empty where it cannot be told.
  Optional<WorkloadEvidence> ofNobody() {
    return read() ? Optional.of(WorkloadEvidence.NONE) : Optional.empty();
  }

  /// Empty where it cannot be told.
  Optional<WorkloadEvidence> of(Use use) {
    if (ahead) {
      return Optional.of(WorkloadEvidence.NONE);
    }
    return read() ? known.computeIfAbsent(use.workload().ref().key(), this::ask) : Optional.empty();
  }

  private Optional<WorkloadEvidence> ask(WorkloadKey key) {
    try {
      return Optional.of(reader.orElseThrow().of(key.value(), statements.orElseThrow()));
    } catch (StoreException e) {
      log.error("the points of {} were not read: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
