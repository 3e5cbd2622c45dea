package dev.muster.auditor.coverage;

import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.RunJournal;
import dev.muster.repository.BackupStore;
import dev.muster.repository.EvidenceChain;
import dev.muster.repository.Journal;
import dev.muster.repository.Keys;
import dev.muster.repository.ListedObject;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.PointReader;
import dev.muster.repository.Statement;
import dev.muster.repository.VerifyingKey;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads recovery points, drills and failures from the store. Committed manifests never change, so
/// each is read once.
final class EvidenceReader {

  private static final Logger log = LoggerFactory.getLogger(EvidenceReader.class);

  /// What drills and read-backs call their statements.
  static final String DRILL = "https://muster.dev/drill/v1";

  static final String VERIFIED = "https://muster.dev/verified/v1";

  private final BackupStore store;
  private final Keys keys;
  private final List<VerifyingKey> pinned;
  private final PointReader reader;
  private final RunJournal journal;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  EvidenceReader(BackupStore store, Keys keys, List<VerifyingKey> pinned) {
    this.store = store;
    this.keys = keys;
    this.pinned = List.copyOf(pinned);
    this.reader = new PointReader(store, keys, new ManifestVerifier(pinned));
    this.journal = new RunJournal(new Journal(store, keys));
  }

  private record Known(Instant cut, long plainBytes, Set<String> streams, Captured captured) {}

  /// What the evidence chain says, by the manifest's key.
  record Statements(Map<String, Proof> proven, Set<String> verified) {}

  /// Throws where the store does not answer; a chain that is broken proves nothing.
  Statements statements() {
    List<byte[]> envelopes = new ArrayList<>();
    store.list(keys.evidence()).stream()
        .map(ListedObject::key)
        .sorted()
        .forEach(key ->
            store
                .getOldest(key, dev.muster.repository.Sizes.SMALL_OBJECT)
                .ifPresent(found -> envelopes.add(found.content())));
    return switch (EvidenceChain.verify(envelopes, pinned, Optional.empty())) {
      case EvidenceChain.Result.Intact(var head, var statements) -> sorted(statements);
      case EvidenceChain.Result.Broken(var sequence, var detail) -> {
        log.error(
            "no drill counts: the evidence chain is broken at {}: {}; if a signing key was replaced,"
                + " keep the public key of the old one in signing.public-keys",
            sequence,
            detail);
        yield new Statements(Map.of(), Set.of());
      }
    };
  }

  WorkloadEvidence of(String workloadKey, Statements statements) {
    List<String> names = store.children(keys.points(workloadKey)).stream().sorted().toList();
    List<String> genuine = new ArrayList<>();
    List<Known> facts = new ArrayList<>();
    for (String name : names) {
      point(workloadKey, name)
          .ifPresent(fact -> {
            genuine.add(name);
            facts.add(fact);
          });
    }
    List<Boolean> suspicious = Trend.suspicious(facts.stream().map(Known::plainBytes).toList());
    List<WorkloadEvidence.Point> points = new ArrayList<>();
    for (int i = 0; i < genuine.size(); i++) {
      String key = keys.manifest(workloadKey, genuine.get(i));
      points.add(
          new WorkloadEvidence.Point(
              WorkloadEvidence.Point.MUSTER,
              genuine.get(i),
              facts.get(i).cut(),
              facts.get(i).plainBytes(),
              facts.get(i).streams(),
              statements.verified().contains(key) || statements.proven().containsKey(key),
              Optional.ofNullable(statements.proven().get(key)),
              suspicious.get(i),
              Optional.of(facts.get(i).captured())));
    }
    return new WorkloadEvidence(points, lastFailure(workloadKey));
  }

  private Optional<Known> point(String workloadKey, String name) {
    Known before = known.get(workloadKey + "/" + name);
    if (before != null) {
      return Optional.of(before);
    }
    return reader
        .read(workloadKey, name)
        .flatMap(found ->
            switch (found) {
              case PointReader.Found.Genuine genuine -> {
                Known fact = fact(genuine.manifest());
                known.put(workloadKey + "/" + name, fact);
                yield Optional.of(fact);
              }
              case PointReader.Found.Refused refused -> {
                log.warn("{} is no recovery point: {}", name, refused.detail());
                yield Optional.empty();
              }
            });
  }

  private static Known fact(Manifest manifest) {
    long bytes = manifest.streams().stream().mapToLong(Manifest.Stream::plainBytes).sum();
    Set<String> streams =
        manifest.streams().stream().map(Manifest.Stream::name).collect(Collectors.toSet());
    return new Known(manifest.consistency().windowOpened(), bytes, streams, Captured.of(manifest));
  }

  /// The newest end of a run decides; listing by time is enough, for a verdict is no decision.
  private Optional<CoverageReport.Failure> lastFailure(String workloadKey) {
    Optional<ListedObject> newest = Optional.empty();
    for (ListedObject object : store.list(keys.runs(workloadKey))) {
      boolean end = object.key().endsWith("/sealed.json") || object.key().endsWith("/failed.json");
      boolean newer = newest.map(n -> object.lastModified().isAfter(n.lastModified())).orElse(true);
      newest = end && newer ? Optional.of(object) : newest;
    }
    return newest
        .filter(object -> object.key().endsWith("/failed.json"))
        .map(object -> object.key().split("/", -1))
        .flatMap(parts -> journal.failure(workloadKey, parts[parts.length - 2]))
        .map(EvidenceReader::failure);
  }

  private static CoverageReport.Failure failure(Entry.Failure failure) {
    return new CoverageReport.Failure(failure.at(), failure.reason(), failure.detail());
  }

  private static Statements sorted(List<Statement> statements) {
    Map<String, Proof> proven = new HashMap<>();
    Set<String> verified = new HashSet<>();
    for (Statement statement : statements) {
      String outcome = statement.predicate().result().path("outcome").asText("");
      for (Statement.Subject subject : statement.subject()) {
        if (statement.predicateType().equals(DRILL)) {
          if (outcome.equals("proven")) {
            proven.put(subject.name(), proof(statement.predicate()));
          } else if (outcome.equals("disproven")) {
            proven.remove(subject.name());
          }
        } else if (statement.predicateType().equals(VERIFIED)) {
          if (outcome.equals("verified")) {
            verified.add(subject.name());
          } else {
            verified.remove(subject.name());
          }
        }
      }
    }
    return new Statements(proven, verified);
  }

  private static Proof proof(Statement.Predicate drill) {
    return new Proof(drill.recordedAt(), duration(drill.result().path("recovery").asText("")));
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
