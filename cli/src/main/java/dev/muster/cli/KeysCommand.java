package dev.muster.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Groups the commands about keys.
@Command(
    name = "keys",
    description = "Keys that backups are encrypted for and signed with.",
    mixinStandardHelpOptions = true,
    subcommands = KeysGenerateCommand.class)
final class KeysCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: muster keys generate");
  }
}
