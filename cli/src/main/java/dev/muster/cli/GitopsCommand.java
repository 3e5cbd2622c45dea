package dev.muster.cli;

import picocli.CommandLine.Command;

/// Groups the commands for those who deploy from Git.
@Command(
    name = "gitops",
    description = "Living with tools that deploy from Git.",
    mixinStandardHelpOptions = true,
    subcommands = GitopsSnippetCommand.class)
final class GitopsCommand extends CommandGroup {

  GitopsCommand() {
    super("gitops snippet argocd|flux");
  }
}
