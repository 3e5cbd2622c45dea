package dev.muster.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Groups the commands for those who deploy from Git.
@Command(
    name = "gitops",
    description = "Living with tools that deploy from Git.",
    mixinStandardHelpOptions = true,
    subcommands = GitopsSnippetCommand.class)
final class GitopsCommand implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: muster gitops snippet argocd|flux");
  }
}
