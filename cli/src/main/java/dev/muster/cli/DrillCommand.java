package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.drill.DrillRequest;
import dev.muster.model.ContractKey;
import dev.muster.model.DrillSelect;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks for a drill by the annotation `muster.dev/drill-run` and follows it.
@Command(
    name = "drill",
    description = "Restore a point in a throw-away namespace now and follow it.",
    mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {

  private static final Following.Words WORDS =
      new Following.Words(
          "DrillAsked",
          "DrillProven",
          Set.of("DrillDisproven", "DrillInconclusive"),
          "is the drill Deployment running? kubectl -n muster get pods");

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private Following following = new Following();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "0..1", paramLabel = "NS/NAME", description = "The workload, as in shop/db.")
  private @Nullable String workload;

  DrillCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (workload == null) {
      throw new ParameterException(spec.commandLine(), "say what to drill: NS/NAME");
    }
    try (Session session = new Session(options, environment)) {
      Cluster cluster = session.cluster();
      HasMetadata object = WorkloadName.parse(workload).in(cluster);
      new ContractCheck(session).check(object);
      String value = Long.toString(clock.millis());
      String id = id(session, object, value);
      String namespace = object.getMetadata().getNamespace();
      try (Follower follower = new Follower(cluster, namespace, "muster.dev/drill", id)) {
        Following.ask(cluster, object, ContractKey.DRILL_RUN, value);
        return following.follow(
            follower,
            id,
            WORDS,
            output.json(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
      }
    }
  }

  private static String id(Session session, HasMetadata object, String value) {
    return new DrillRequest(
            session.clusterUid(),
            ContractCheck.ref(object),
            "run:" + value,
            DrillSelect.LATEST,
            Optional.empty(),
            Optional.empty())
        .id();
  }
}
