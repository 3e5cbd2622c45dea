package dev.muster.cluster;

/// How a command in a container ended.
public sealed interface ExecOutcome {

  /// The command ended with this exit code. Output beyond the caller's bound is cut.
  record Ended(int exitCode, byte[] stdout, String stderr) implements ExecOutcome {
    public boolean succeeded() {
      return exitCode == 0;
    }
  }

  /// No exit status came back: deadline, lost connection, closed stream. A failure, and the command
  /// may still be running.
  record Lost(String reason) implements ExecOutcome {}
}
