package dev.muster.restore;

import dev.muster.cluster.LastWords;

/// How the kubelet says a container ended.
///
/// @param reason such as `Completed`, `Error`, `OOMKilled`
/// @param message its termination message, or the last lines of its log
public record ContainerEnd(String name, int exitCode, String reason, String message) {
  public boolean succeeded() {
    return exitCode == 0 && reason.equals("Completed");
  }

  public boolean outOfMemory() {
    return reason.equals("OOMKilled");
  }

  /// For people: `client-db-app exited 3 (Error): …`.
  public String text() {
    String last = LastWords.of(message);
    String end = name + " exited " + exitCode + " (" + reason + ")";
    return last.isEmpty() ? end : end + ": " + last;
  }
}
