package dev.muster.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Groups the commands about stores.
@Command(name = "store", description = "Where backups are kept.", mixinStandardHelpOptions = true)
final class StoreCommand extends CommandGroup {

  private StoreCommand() {
    super("store probe");
  }

  static CommandLine line(Map<String, String> environment) {
    return new CommandLine(new StoreCommand()).addSubcommand(new StoreProbeCommand(environment));
  }
}
