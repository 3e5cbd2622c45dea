package dev.muster.cli;

import picocli.CommandLine.Command;

/// Groups the commands about keys.
@Command(
    name = "keys",
    description = "Keys that backups are encrypted for and signed with.",
    mixinStandardHelpOptions = true,
    subcommands = KeysGenerateCommand.class)
final class KeysCommand extends CommandGroup {

  KeysCommand() {
    super("keys generate");
  }
}
