package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import dev.muster.model.Method;
import dev.muster.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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

  /// @param reading of the volume's own contract
  /// @param holding of its workload
  CoverageReport.Line line(
      Subject subject, ContractReading reading, Optional<Holding> holding, Round round) {
    Contract contract = reading.effective();
    Optional<Engine> engine = holding.flatMap(Holding::engine);
    boolean data = subject.use().isPresent() && holding.orElseThrow().data(subject.use().get());
    boolean enrolled =
        contract.protect().orElse(holding.map(h -> h.reading().wanted()).orElse(false));
    Optional<WorkloadEvidence> store =
        subject.use().map(round.store()::of).orElseGet(round.store()::ofNobody);
    WorkloadEvidence points = points(subject, reading, engine.filter(e -> data), store, round);
    var facts =
        new VerdictFacts(
            new VerdictFacts.Volume(subject.volume().kind()),
            // Without a store nothing can be said of what asks for protection, and nothing else is
            // needed.
            store.isPresent() || !enrolled,
            round.gap(),
            contract(subject, reading, enrolled, data),
            waivers.of(contract, subject, round.today()),
            new VerdictFacts.Engine(engine.map(e -> e.profile().name()).orElse(""), data),
            subject.use().flatMap(u -> u.workload().operator(admission)).orElse(""),
            intents(subject, round.others()),
            Promises.points(points, contract, round.now()),
            attempt(points));
    return line(subject, reading, engine, points, verdicts.of(facts));
  }

  /// What the store has of the engine's data, and what others have of the volume.
  private static WorkloadEvidence points(
      Subject subject,
      ContractReading reading,
      Optional<Engine> holder,
      Optional<WorkloadEvidence> store,
      Round round) {
    WorkloadEvidence own =
        holder
            .flatMap(e ->
                store
                    .filter(read -> !read.points().isEmpty())
                    .map(read -> read.holding(Holding.wanted(e, reading)))
                    .or(() -> store))
            .orElse(WorkloadEvidence.NONE);
    ObjectName name = name(subject);
    return own.with(round.others().points(name), round.others().lastFailure(name));
  }

  private static ObjectName name(Subject subject) {
    return ObjectName.in(subject.volume().namespace(), subject.volume().name());
  }

  private static VerdictFacts.Contract contract(
      Subject subject, ContractReading reading, boolean enrolled, boolean data) {
    Contract contract = reading.effective();
    return new VerdictFacts.Contract(
        reading.valid(),
        contract.protect().orElse(null),
        subject.among(contract.excludeVolumes()),
        enrolled,
        data && (contract.method() == Method.AUTO || contract.method() == Method.DUMP));
  }

  private static List<String> intents(Subject subject, Findings others) {
    TreeSet<String> tools = new TreeSet<>();
    Map<String, String> template =
        subject.use().map(Use::workload).map(w -> w.template().annotations()).orElse(Map.of());
    subject
        .claim()
        .ifPresent(claim ->
            Intents.of(claim.metadata(), template).forEach(intent -> tools.add(intent.tool())));
    others.intents(name(subject)).forEach(intent -> tools.add(intent.tool()));
    return List.copyOf(tools);
  }

  private static VerdictFacts.@Nullable Attempt attempt(WorkloadEvidence evidence) {
    return evidence.points().isEmpty() && evidence.lastFailure().isEmpty()
        ? null
        : new VerdictFacts.Attempt(evidence.lastFailure().isPresent());
  }

  private static CoverageReport.Line line(
      Subject subject,
      ContractReading reading,
      Optional<Engine> engine,
      WorkloadEvidence evidence,
      Verdict verdict) {
    Contract contract = reading.effective();
    Optional<ClaimFacts> claim = subject.claim();
    return new CoverageReport.Line(
        subject.volume().kind(),
        subject.volume().namespace(),
        subject.volume().name(),
        claim.map(ClaimFacts::phase).orElse(""),
        claim.map(ClaimFacts::storageClass).orElse(null),
        claim.map(ClaimFacts::size).orElse(null),
        subject.user(),
        engine.map(e -> e.profile().name()).orElse(""),
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
        reading.problems().stream().map(Problem::text).toList());
  }
}
