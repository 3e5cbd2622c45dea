package dev.muster.cli;

import picocli.CommandLine.Command;

/// Groups the commands for rules of one's own.
@Command(
    name = "policy",
    description = "Rules of your own beside Muster's, in Rego.",
    mixinStandardHelpOptions = true,
    subcommands = {PolicyBuildCommand.class, PolicyTestCommand.class})
final class PolicyCommand extends CommandGroup {

  PolicyCommand() {
    super("policy build|test FOLDER");
  }
}
