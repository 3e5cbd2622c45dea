package dev.muster.cli;

import picocli.CommandLine;

/// A command that only holds others: called without one it is bad input that names an example.
abstract class CommandGroup implements Runnable {

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  private final String example;

  CommandGroup(String example) {
    this.example = example;
  }

  @Override
  public final void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: muster " + example);
  }
}
