package dev.muster.cli;

import java.util.List;

/// The mover's verbs, for run Pods only.
final class MoverMain {

  private MoverMain() {}

  static int run(List<String> args) {
    System.err.println("muster: mover: unknown verb " + String.join(" ", args));
    return Exit.BAD_INPUT;
  }
}
