package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.model.ContractKey;
import dev.muster.model.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks for a backup by the annotation `muster.dev/run` and follows it, without any credential of
/// the store.
@Command(
    name = "backup",
    description = "Back up a workload now and follow it; needs no store credential.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  private static final Following.Words WORDS =
      new Following.Words(
          "BackupAsked",
          "BackupSealed",
          Set.of("BackupFailed"),
          "is the auditor running (kubectl -n muster get pods), and does the contract protect this"
              + " workload (muster explain)?");

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private Following following = new Following();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NS/NAME", description = "The workload, as in shop/db.")
  private String workload = "";

  BackupCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment)) {
      Cluster cluster = session.cluster();
      HasMetadata object = WorkloadName.parse(workload).in(cluster);
      new ContractCheck(session).check(object);
      String value = Long.toString(clock.millis());
      String run =
          RunId.ofRequest(session.clusterUid(), ContractCheck.ref(object).key(), value).value();
      String namespace = object.getMetadata().getNamespace();
      try (Follower follower = new Follower(cluster, namespace, "muster.dev/run-id", run)) {
        Following.ask(cluster, object, ContractKey.RUN, value);
        return following.follow(
            follower,
            run,
            WORDS,
            output.json(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
      }
    }
  }
}
