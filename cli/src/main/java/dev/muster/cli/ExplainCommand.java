package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration.Level;
import dev.muster.model.ContractReading;
import dev.muster.model.Managed;
import dev.muster.model.Problem;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.Json;
import dev.muster.webhook.simulation.Explanation;
import dev.muster.webhook.simulation.Simulated;
import dev.muster.webhook.simulation.Simulated.Decision;
import dev.muster.webhook.simulation.Simulation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Says what holds for one workload, who said it, and what the policy makes of it.
@Command(
    name = "explain",
    description =
        "What holds for a workload, where each value comes from, and which rules speak about it."
            + " -o json adds what the policy is asked and answers. 1 if the contract has a problem.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NS/NAME", description = "The workload, as in shop/db.")
  private String workload = "";

  ExplainCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment);
        PolicyInForce inForce = policy.open(session)) {
      HasMetadata object = WorkloadName.parse(workload).in(session.cluster());
      ContractReading reading = new ContractCheck(session).read(object);
      Level level = level(session, object.getMetadata().getNamespace());
      Simulation simulation =
          new Simulation(session.rules().admission(inForce), LocalDate.now(ZoneOffset.UTC));
      Explanation explanation = simulation.explain(Json.tree(object), level);
      print(object, reading, level, explanation, profile(session, explanation));
      return reading.valid() ? Exit.OK : Exit.FAILED;
    }
  }

  private static Level level(Session session, String namespace) {
    return session
        .cluster()
        .find(Namespace.class, ObjectName.global(namespace))
        .flatMap(found -> SimulatedObjects.labelled(Json.tree(found)))
        .orElse(session.configuration().enforcement().defaultLevel());
  }

  /// How the engine would be dumped, and what that is worth; empty where nothing is recognised.
  private static Optional<ExplainedProfile> profile(Session session, Explanation explanation) {
    String engine = explanation.answered().path("recognised").path("engine").asText("");
    return session.profiles().find(engine).map(ExplainedProfile::of);
  }

  private void print(
      HasMetadata object,
      ContractReading reading,
      Level level,
      Explanation explanation,
      Optional<ExplainedProfile> profile) {
    PrintWriter out = spec.commandLine().getOut();
    List<ExplainedKey> keys = ExplainedKey.all(reading);
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("workload", ContractCheck.ref(object).toString());
      document.put("workloadKey", ContractCheck.ref(object).key().value());
      document.put("keys", keys);
      document.put("problems", reading.problems());
      decision(object).ifPresent(id -> document.put("decision", id));
      document.put("level", level);
      document.put("admission", explanation);
      profile.ifPresent(found -> document.put("profile", found));
      Printed.json(out, Json.tree(document));
      return;
    }
    out.println(ContractCheck.ref(object));
    Table table = new Table("KEY", "VALUE", "FROM");
    keys.forEach(key -> table.row(key.key(), key.value(), key.from()));
    table.print(out);
    for (Problem problem : reading.problems()) {
      out.println("problem: " + problem.text());
    }
    decision(object)
        .ifPresent(id -> out.println("set by: decision " + id + " of the webhook, as in its log"));
    profile.ifPresent(found -> out.println("profile: " + found.text()));
    admission(level, explanation).forEach((title, text) -> out.println(title + ": " + text));
    out.flush();
  }

  /// Of the review that set the managed keys; empty where there is none or the auditor set them.
  private static Optional<String> decision(HasMetadata object) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Managed.of(annotations).decision();
  }

  /// What the webhook makes of it, by title; nothing is said of what there is none of.
  private static Map<String, String> admission(Level level, Explanation explanation) {
    Simulated simulated = explanation.simulated();
    Map<String, String> said = new LinkedHashMap<>();
    said.put("engine", engine(explanation.answered().path("recognised")));
    said.put("level", Terminal.word(level));
    said.put("policy", explanation.policy());
    said.put(
        simulated.decision() == Decision.BROKEN ? "could not be judged" : "passes untouched",
        simulated.reason());
    said.put("rules", String.join(", ", simulated.rules()));
    said.put("sets where nobody did", SimulateCommand.sets(simulated));
    said.put("warns", String.join("; ", SimulateCommand.warnings(simulated)));
    said.put("denies", simulated.denial());
    said.values().removeIf(String::isEmpty);
    return said;
  }

  private static String engine(JsonNode recognised) {
    String engine = recognised.path("engine").asText("");
    String why =
        "%s: %s"
            .formatted(
                recognised.path("confidence").asText("none"), recognised.path("reason").asText(""));
    if (engine.isEmpty()) {
      return "none (" + why + ")";
    }
    String container = recognised.path("container").asText("");
    return engine + (container.isEmpty() ? "" : " in container " + container) + " (" + why + ")";
  }
}
