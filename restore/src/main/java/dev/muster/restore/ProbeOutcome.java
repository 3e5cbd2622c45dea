package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.MalformedException;
import dev.muster.repository.Manifest;
import dev.muster.repository.ProbeLines;

/// What a probe of a restored database came to.
public sealed interface ProbeOutcome {
  int LOG_LINES = 20_000;
  int LOG_LIMIT = 60 * 1024;

  record Read(Manifest.Probe probe) implements ProbeOutcome {}

  /// The restored database is to blame.
  record Failed(String evidence) implements ProbeOutcome {}

  record Unread(String reason) implements ProbeOutcome {}

  /// From the end of its container and its log.
  static ProbeOutcome of(Cluster cluster, ObjectName pod, String stream, ContainerEnd end) {
    if (end.outOfMemory()) {
      return new Unread(end.text());
    }
    if (!end.succeeded()) {
      return new Failed(end.text());
    }
    String output = cluster.logs(pod, end.name(), LOG_LINES);
    if (output.length() > LOG_LIMIT) {
      return new Unread("the probe of " + stream + " printed more than can be read");
    }
    try {
      return new Read(ProbeLines.parse(stream, output.lines().toList()));
    } catch (MalformedException e) {
      return new Unread(String.valueOf(e.getMessage()));
    }
  }
}
