package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.evidence.ForeignFailure;
import dev.muster.auditor.evidence.Intent;
import dev.muster.auditor.evidence.OutsideDatabase;
import dev.muster.auditor.inventory.Metadata.Controller;
import dev.muster.config.Configuration;
import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import dev.muster.model.Method;
import dev.muster.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Gathers the facts about one volume and has the verdict told. For one thread at a time.
final class Judge {
  private final Verdicts verdicts;
  private final Configuration.Admission admission;
  private final WaiverFacts waivers;

  Judge(Verdicts verdicts, Configuration configuration) {
    this.verdicts = verdicts;
    this.admission = configuration.admission();
    this.waivers = new WaiverFacts(configuration.waivers());
  }

  /// @param asked in the volume's namespace
  CoverageReport.Line line(Subject subject, RoomContracts asked, Round round) {
    VolumeSight sight = sight(subject, asked, round);
    return line(subject, sight.reading(), sight.points(), verdicts.of(sight.facts()));
  }

  /// What is known of a volume, before anything is judged.
  VolumeSight sight(Subject subject, RoomContracts asked, Round round) {
    ContractReading reading = asked.reading(subject);
    Contract contract = reading.effective();
    Optional<Holding> holding = subject.use().map(use -> asked.holding(use.workload()));
    Optional<Engine> engine = holding.flatMap(Holding::engine);
    boolean data = subject.use().isPresent() && asked.data(subject.use().get());
    boolean enrolled =
        contract.protect().orElse(holding.isPresent() && holding.get().reading().wanted());
    Optional<WorkloadEvidence> store =
        subject.use().map(round.store()::of).orElseGet(round.store()::ofNobody);
    ToolSight others = ToolSight.of(subject, round.others());
    Optional<OutsideDatabase> database =
        subject.database() ? round.others().database(subject.volume()) : Optional.empty();
    Optional<Engine> holder = engine.filter(e -> data);
    WorkloadEvidence mine = points(reading, holder, store);
    WorkloadEvidence points = mine.with(others.points(), others.lastFailure()).until(round.now());
    var facts =
        new VerdictFacts(
            subject.facts(),
            // Without a store nothing can be said of what asks for protection, and nothing else is
            // needed.
            store.isPresent() || !enrolled || database.isPresent(),
            database.isPresent() ? round.others().hidesPointsOfDatabases() : round.gap(),
            contract(subject, reading, enrolled, holder.isPresent()),
            waivers.of(contract, subject, round.today()),
            new VerdictFacts.Engine(
                holding
                    .map(held -> held.recognised().name())
                    .or(() -> database.map(OutsideDatabase::engine))
                    .orElse(""),
                data),
            subject
                .use()
                .flatMap(u -> u.workload().operator(admission))
                .map(Controller::kind)
                .orElse(""),
            intents(subject, others.intents()),
            Promises.points(points, others.older(), contract, round.now()),
            attempt(
                points, mine.lastFailure().isPresent() ? Optional.empty() : others.lastFailure()),
            database.map(Databases::provider).orElse(null));
    return new VolumeSight(
        subject.volume(),
        subject.user(),
        asked.namespaceLabels(),
        subject.use().map(use -> use.workload().metadata().labels()).orElse(Map.of()),
        reading,
        engine,
        round.store().evidence(store.isPresent()),
        holder.isPresent() ? store.orElse(WorkloadEvidence.NONE) : WorkloadEvidence.NONE,
        points,
        facts,
        round.now());
  }

  /// What the store has of the engine's data.
  private static WorkloadEvidence points(
      ContractReading reading, Optional<Engine> holder, Optional<WorkloadEvidence> store) {
    if (holder.isEmpty() || store.isEmpty()) {
      return WorkloadEvidence.NONE;
    }
    return store.get().points().isEmpty()
        ? store.get()
        : store.get().holding(Holding.wanted(holder.get(), reading));
  }

  private static VerdictFacts.Contract contract(
      Subject subject, ContractReading reading, boolean enrolled, boolean holder) {
    Contract contract = reading.effective();
    return new VerdictFacts.Contract(
        reading.valid(),
        contract.protect().orElse(null),
        subject.among(contract.excludeVolumes()),
        enrolled,
        holder
            && subject.use().filter(use -> use.workload().lasting()).isPresent()
            && (contract.method() == Method.AUTO || contract.method() == Method.DUMP));
  }

  /// By name.
  private static List<String> intents(Subject subject, List<Intent> others) {
    if (subject.claim().isEmpty()) {
      return List.of();
    }
    Map<String, String> template =
        subject.use().isPresent()
            ? subject.use().get().workload().template().annotations()
            : Map.of();
    SortedSet<String> tools = Intents.of(subject.claim().get().metadata(), template);
    others.forEach(intent -> tools.add(intent.tool()));
    return List.copyOf(tools);
  }

  private static VerdictFacts.@Nullable Attempt attempt(
      WorkloadEvidence evidence, Optional<ForeignFailure> ofOthers) {
    return evidence.points().isEmpty() && evidence.lastFailure().isEmpty()
        ? null
        : new VerdictFacts.Attempt(
            evidence.lastFailure().isPresent(), ofOthers.map(ForeignFailure::tool).orElse(null));
  }

  private static CoverageReport.Line line(
      Subject subject, ContractReading reading, WorkloadEvidence evidence, Verdicts.Judged judged) {
    Contract contract = reading.effective();
    Place place = subject.place();
    Verdict verdict = judged.verdict().naming(evidence.lastFailure().orElse(null));
    return new CoverageReport.Line(
        subject.volume().kind(),
        subject.volume().namespace(),
        subject.volume().name(),
        place.phase(),
        place.storageClass(),
        place.size(),
        place.persistentVolume(),
        place.reclaimPolicy(),
        place.created(),
        subject.user(),
        subject.owners(),
        judged.facts().engine().name(),
        contract.plan().orElse(""),
        verdict.verdict(),
        verdict.reason(),
        verdict.message(),
        verdict.nextStep(),
        evidence.good().size(),
        evidence.newest().map(WorkloadEvidence.Point::cut).orElse(null),
        evidence.newest().map(WorkloadEvidence.Point::of).orElse(null),
        evidence.lastVerified().orElse(null),
        evidence.provenAt().orElse(null),
        evidence.lastFailure().orElse(null),
        contract.rpo().orElse(null),
        reading.problems().stream().map(Problem::text).toList(),
        judged.facts());
  }
}
