package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.Intent;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfile;
import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import dev.muster.model.Method;
import dev.muster.model.Problem;
import dev.muster.model.Schedule;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Gathers the facts about one volume and asks the policy for the verdict.
final class Judge {

  private static final String ENTRYPOINT = "muster/audit";
  private static final Duration DRILL_GRACE = Duration.ofHours(6);

  private final PolicyEngine policy;
  private final Configuration.Admission admission;
  private final WaiverFacts waivers;

  Judge(PolicyEngine policy, Configuration configuration) {
    this.policy = policy;
    this.admission = configuration.admission();
    this.waivers = new WaiverFacts(configuration.waivers());
  }

  /// @param evidence of the workload; empty where the store was not read
  /// @param others what other tools have of any claim
  CoverageReport.Line line(
      Subject subject,
      Optional<Effective> owner,
      Map<String, String> namespaceAnnotations,
      Contracts contracts,
      Optional<WorkloadEvidence> evidence,
      Findings others,
      Instant now) {
    ContractReading reading = reading(subject, owner, namespaceAnnotations, contracts);
    Optional<Engine> engine = owner.flatMap(Effective::engine);
    Optional<Engine> holder = engine.filter(e -> DataDirectory.among(e, subject.mounts()));
    boolean data = holder.isPresent();
    boolean enrolled =
        reading.effective().protect().orElse(owner.map(Effective::wanted).orElse(false));
    ObjectName name = ObjectName.in(subject.volume().namespace(), subject.volume().name());
    WorkloadEvidence points =
        holder
            .flatMap(e -> evidence.map(read -> read.holding(wanted(e, reading.effective()))))
            .orElse(WorkloadEvidence.NONE)
            .with(others.points(name), others.lastFailure(name));
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts
        .putObject("volume")
        .put("kind", subject.volume().kind())
        .put("namespace", subject.volume().namespace())
        .put("name", subject.volume().name());
    // Without a store nothing can be said of what asks for protection, and nothing else is needed.
    facts.put("readable", evidence.isPresent() || !enrolled);
    facts.put("gaps", others.gaps().size());
    contract(facts, subject, reading, enrolled, data);
    facts.set(
        "waiver",
        waivers.of(
            reading.effective(),
            subject.volume(),
            subject.workload(),
            LocalDate.ofInstant(now, ZoneOffset.UTC)));
    facts
        .putObject("engine")
        .put("name", engine.map(e -> e.profile().name()).orElse(""))
        .put("data_directory", data);
    facts.put("operator", subject.workload().flatMap(w -> w.operator(admission)).orElse(""));
    intents(facts, subject, others.intents(name));
    points(facts, points, now);
    promises(facts, reading.effective(), now);
    facts.set("last_attempt", attempt(points));
    return line(subject, reading, engine, points, ask(facts));
  }

  /// The streams of the databases that the contract names.
  private static Set<String> wanted(Engine engine, Contract contract) {
    return engine.profile().captures(contract.databases().known().orElse(List.of())).stream()
        .filter(capture -> capture.definition().scope() == EngineProfile.Scope.DATABASE)
        .map(capture -> capture.stream().value())
        .collect(Collectors.toSet());
  }

  private static ContractReading reading(
      Subject subject,
      Optional<Effective> owner,
      Map<String, String> namespace,
      Contracts contracts) {
    boolean template = subject.volume().kind().equals("template");
    Map<String, String> claim =
        subject
            .claim()
            .filter(c -> !template)
            .map(c -> c.getMetadata().getAnnotations())
            .map(Map::copyOf)
            .orElse(Map.of());
    return contracts.ofClaim(owner.map(Effective::workload), subject.volume(), namespace, claim);
  }

  private static void contract(
      ObjectNode facts, Subject subject, ContractReading reading, boolean enrolled, boolean data) {
    Contract contract = reading.effective();
    ObjectNode into = facts.putObject("contract");
    into.put("valid", reading.valid());
    contract.protect().ifPresentOrElse(p -> into.put("protect", p), () -> into.putNull("protect"));
    into.put(
        "excluded", contract.excludeVolumes().stream().anyMatch(subject.volumeNames()::contains));
    into.put("enrolled", enrolled);
    into.put(
        "possible", data && (contract.method() == Method.AUTO || contract.method() == Method.DUMP));
  }

  private static void intents(ObjectNode facts, Subject subject, List<Intent> others) {
    var into = facts.putArray("intents");
    Map<String, String> template =
        subject
            .workload()
            .map(w -> w.template().getMetadata())
            .map(m -> m.getAnnotations())
            .orElse(Map.of());
    subject.claim().ifPresent(claim -> Intents.of(claim, template).forEach(i -> intent(into, i)));
    others.forEach(i -> intent(into, i));
  }

  private static void intent(ArrayNode into, Intent intent) {
    into.addObject().put("tool", intent.tool()).put("object", intent.object());
  }

  private static void points(ObjectNode facts, WorkloadEvidence evidence, Instant now) {
    ObjectNode into = facts.putObject("points");
    int good = evidence.good().size();
    into.put("count", good);
    into.put("suspicious", evidence.points().size() - good);
    evidence
        .newest()
        .ifPresent(newest -> {
          into.put("newest_age_seconds", age(newest.cut(), now));
          into.put("newest_verified", newest.verified());
        });
    evidence.provenAt().ifPresent(at -> into.put("proven_age_seconds", age(at, now)));
  }

  private static void promises(ObjectNode facts, Contract contract, Instant now) {
    contract.rpo().ifPresent(rpo -> facts.put("rpo_seconds", rpo.toSeconds()));
    contract
        .drill()
        .flatMap(drill -> gap(drill, now))
        .ifPresent(gap -> facts.put("drill_promise_seconds", gap.toSeconds()));
  }

  private static Optional<Duration> gap(Schedule drill, Instant now) {
    Optional<Instant> first = drill.next(now);
    return first
        .flatMap(drill::next)
        .map(second -> Duration.between(first.orElseThrow(), second).plus(DRILL_GRACE));
  }

  private static JsonNode attempt(WorkloadEvidence evidence) {
    if (evidence.points().isEmpty() && evidence.lastFailure().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    return JsonNodeFactory.instance.objectNode().put("failed", evidence.lastFailure().isPresent());
  }

  private JsonNode ask(ObjectNode facts) {
    return switch (policy.evaluate(ENTRYPOINT, facts)) {
      case PolicyOutcome.Decided(var answer) -> answer;
      case PolicyOutcome.Broken(var reason) ->
          JsonNodeFactory.instance
              .objectNode()
              .put("verdict", "Unknown")
              .put("reason", "policy-broken")
              .put("message", reason)
              .put("next_step", "look at the auditor's log");
    };
  }

  private static CoverageReport.Line line(
      Subject subject,
      ContractReading reading,
      Optional<Engine> engine,
      WorkloadEvidence evidence,
      JsonNode answer) {
    Contract contract = reading.effective();
    Optional<PersistentVolumeClaim> claim = subject.claim();
    return new CoverageReport.Line(
        subject.volume().kind(),
        subject.volume().namespace(),
        subject.volume().name(),
        claim.map(c -> c.getStatus()).map(s -> s.getPhase()).orElse(""),
        claim.map(c -> c.getSpec()).map(s -> s.getStorageClassName()).orElse(null),
        claim
            .map(c -> c.getSpec())
            .map(s -> s.getResources())
            .map(r -> r.getRequests())
            .map(r -> r.get("storage"))
            .map(Objects::toString)
            .orElse(null),
        subject.user(),
        engine.map(e -> e.profile().name()).orElse(""),
        contract.plan().orElse(""),
        answer.path("verdict").asText("Unknown"),
        answer.path("reason").asText(""),
        answer.path("message").asText(""),
        answer.path("next_step").asText(""),
        evidence.good().size(),
        evidence.newest().map(WorkloadEvidence.Point::cut).orElse(null),
        evidence.newest().map(WorkloadEvidence.Point::of).orElse(null),
        evidence.good().stream()
            .filter(WorkloadEvidence.Point::verified)
            .map(WorkloadEvidence.Point::cut)
            .max(Instant::compareTo)
            .orElse(null),
        evidence.provenAt().orElse(null),
        evidence.lastFailure().orElse(null),
        contract.rpo().orElse(null),
        problems(reading));
  }

  private static List<String> problems(ContractReading reading) {
    return reading.problems().stream().map(Problem::text).toList();
  }

  private static long age(Instant then, Instant now) {
    return Math.max(0, Duration.between(then, now).toSeconds());
  }
}
