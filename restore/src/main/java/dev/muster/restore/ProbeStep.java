package dev.muster.restore;

import dev.muster.repository.Manifest;
import java.util.Map;

/// The step that reads what a restored database holds. Its answers are lines of its log; what it
/// says beside them goes to its termination message, so that the two do not mix.
public final class ProbeStep {
  private static final String PREFIX = "probe-";
  private static final String QUIETLY = "sh -c \"$MUSTER_PROBE\" 2> /dev/termination-log";

  private ProbeStep() {}

  public static Step of(Manifest.Stream stream, String script, String database) {
    return new Step(
        name(stream.name()),
        QUIETLY,
        Map.of(
            "MUSTER_PROBE", script,
            "MUSTER_DATABASE", database,
            "MUSTER_STREAM", stream.name()));
  }

  public static String name(String stream) {
    return PREFIX + stream;
  }
}
