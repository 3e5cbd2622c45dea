package dev.muster.cli;

import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.saved.InventoryFile;
import dev.muster.auditor.saved.SavedInventory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes down what an audit would look at, to be judged where the cluster is not.
@Command(
    name = "inventory",
    description =
        "What holds data in the cluster and what other backup tools say of it, as a file for muster"
            + " audit. It has names, labels and the contract of workloads and volumes, no Secrets, no"
            + " commands and no values of variables.",
    exitCodeOnExecutionException = Exit.BAD_INPUT,
    mixinStandardHelpOptions = true)
final class InventoryCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final InstantSource clock = InstantSource.system();
  @Mixin private GlobalOptions options = new GlobalOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace.")
  private @Nullable String namespace;

  InventoryCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try (Session session = new Session(options, environment)) {
      session.orDefaults();
      // Ages are those of before the look: what is found later is no older.
      Instant at = clock.instant();
      ClusterLook look = ClusterLook.at(session, namespace, clock);
      SavedInventory.Header header =
          SavedInventory.Header.of(
              session.configuration().cluster().name(), session.clusterUid(), at, look.namespace());
      Findings others = look.others();
      print(
          new SavedInventory(
              header,
              look.inventory(),
              look.namespace() == null ? others : others.in(look.namespace())));
      return Exit.OK;
    }
  }

  private void print(SavedInventory saved) {
    PrintWriter err = spec.commandLine().getErr();
    saved.inventory().gaps().forEach(gap -> err.println("muster: " + Terminal.line(gap)));
    saved.findings().gaps().forEach(gap -> err.println("muster: " + Terminal.line(gap)));
    try {
      InventoryFile.write(saved, spec.commandLine().getOut());
    } catch (IOException e) {
      throw new UncheckedIOException("the inventory was not written", e);
    }
  }
}
