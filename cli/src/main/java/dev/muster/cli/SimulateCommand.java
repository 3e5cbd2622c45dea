package dev.muster.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration.Level;
import dev.muster.model.Beginning;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.Json;
import dev.muster.webhook.simulation.Simulated;
import dev.muster.webhook.simulation.Simulated.Decision;
import dev.muster.webhook.simulation.Simulation;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what the webhook would do, to manifests or to what lives in a namespace, and does nothing.
@Command(
    name = "simulate",
    description =
        "What the webhook would set or refuse, of manifests or a live namespace; changes nothing."
            + " 1 if something would be refused, could not be judged, or would restart.",
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private PolicyOption policy = new PolicyOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description = "A file or folder of manifests, or - for what is piped in.")
  private @Nullable String path;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "With PATH: of manifests that name none, as `helm template` writes them (default:"
              + " default). Without: what lives in this namespace.")
  private @Nullable String namespace;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description =
          "warn, enforce or audit, for every namespace. Default: its label muster.dev/enforce,"
              + " else that of the configuration.")
  private @Nullable Level level;

  SimulateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment);
        PolicyInForce inForce = policy.open(session)) {
      Simulation simulation =
          new Simulation(session.rules().admission(inForce), LocalDate.now(ZoneOffset.UTC));
      SimulatedObjects objects = objects(session);
      List<Simulated> all = new ArrayList<>();
      for (JsonNode object : objects.all()) {
        Level at =
            Optional.ofNullable(level)
                .or(() -> objects.levelOf(object))
                .orElse(session.configuration().enforcement().defaultLevel());
        all.add(objects.live() ? simulation.update(object, at) : simulation.create(object, at));
      }
      print(all);
      return all.stream().allMatch(SimulateCommand::harmless) ? Exit.OK : Exit.FAILED;
    }
  }

  private SimulatedObjects objects(Session session) {
    if (path != null) {
      return SimulatedObjects.ofPath(path, namespace == null ? "default" : namespace);
    }
    if (namespace == null) {
      throw new BadInput(
          "nothing to simulate: name a PATH, - for what is piped in, or -n NAMESPACE");
    }
    return SimulatedObjects.ofNamespace(session.cluster(), namespace);
  }

  private static boolean harmless(Simulated simulated) {
    return switch (simulated.decision()) {
      case DENIED, BROKEN -> false;
      case PATCHED, UNCHANGED, PASSED -> !simulated.restarts();
    };
  }

  private void print(List<Simulated> all) {
    PrintWriter out = spec.commandLine().getOut();
    Map<Decision, Long> counts =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    Simulated::decision, LinkedHashMap::new, Collectors.counting()));
    long restarts = all.stream().filter(Simulated::restarts).count();
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("objects", all);
      document.put("counts", counts);
      document.put("restarts", restarts);
      Printed.json(out, Json.tree(document));
      return;
    }
    Table table = new Table("NAMESPACE", "OBJECT", "DECISION", "SETS", "WHY");
    for (Simulated each : all) {
      table.row(
          each.namespace(),
          each.kind() + "/" + each.name(),
          Terminal.word(each.decision()),
          sets(each),
          why(each));
    }
    table.print(out);
    out.printf(
        "%d objects: %s; %d workloads restarted%n",
        all.size(),
        counts.entrySet().stream()
            .map(count -> count.getValue() + " " + Terminal.word(count.getKey()))
            .collect(Collectors.joining(", ")),
        restarts);
    out.flush();
  }

  static String sets(Simulated simulated) {
    return simulated.set().entrySet().stream()
        .filter(each -> !each.getKey().equals("muster.dev/managed"))
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey().replace("muster.dev/", "") + "=" + cut(each.getValue()))
        .collect(Collectors.joining(" "));
  }

  /// The command of a hook is long; `-o json` has all of it.
  private static String cut(String value) {
    return value.length() <= 40 ? value : Beginning.of(value, 40) + "…";
  }

  private static String why(Simulated simulated) {
    List<String> words = new ArrayList<>(List.of(simulated.denial(), simulated.reason()));
    warnings(simulated).stream()
        .filter(text -> !simulated.denial().contains(text))
        .forEach(words::add);
    words.removeIf(String::isEmpty);
    return String.join("; ", words);
  }

  /// Without what is only told about the annotations that are set.
  static List<String> warnings(Simulated simulated) {
    return simulated.warnings().stream().filter(text -> !text.startsWith("set ")).toList();
  }
}
