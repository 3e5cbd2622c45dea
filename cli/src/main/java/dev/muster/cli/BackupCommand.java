package dev.muster.cli;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.model.ContractKey;
import dev.muster.model.RunId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Asks for a backup by the annotation `muster.dev/run` and follows it. Needs no credential of the
/// store, and ending the command ends only the following: the backup goes on.
@Command(
    name = "backup",
    description = "Back up a workload now and follow it; needs no store credential.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NS/NAME", description = "The workload, as in shop/db.")
  private String workload = "";

  @Option(names = "--no-wait", description = "Ask and return; print the run's id.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      converter = DurationOption.class,
      description = "How long to follow, as in 90m. Default: 1h.")
  private Duration timeout = Duration.ofHours(1);

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
      RunId run = RunId.ofRequest(session.clusterUid(), ContractCheck.ref(object).key(), value);
      try (RunFollower follower = new RunFollower(cluster, object, run)) {
        ask(cluster, object, value);
        return noWait ? asked(run) : follow(follower, run);
      }
    }
  }

  private void ask(Cluster cluster, HasMetadata object, String value) {
    cluster.patchMetadata(
        object.getClass(),
        ObjectName.of(object),
        MetadataPatch.annotations(Map.of(ContractKey.RUN.annotation(), value))
            .onlyUid(object.getMetadata().getUid()));
  }

  private int asked(RunId run) {
    print(new RunNews("BackupAsked", "run " + run, run.value(), ""));
    return Exit.OK;
  }

  private int follow(RunFollower follower, RunId run) {
    print(new RunNews("BackupAsked", "run " + run, run.value(), ""));
    return switch (follower.follow(timeout, this::print)) {
      case RunFollower.End.Sealed _ -> Exit.OK;
      case RunFollower.End.Failed _ -> Exit.FAILED;
      case RunFollower.End.Unheard(String why) -> {
        spec.commandLine().getErr().println("muster: " + workload + ": " + why);
        yield Exit.FAILED;
      }
    };
  }

  private void print(RunNews news) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(options.json() ? news.jsonLine() : news.text());
    out.flush();
  }
}
