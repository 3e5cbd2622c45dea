package dev.muster.model;

import java.util.Map;

/// The namespaces that drills make and throw away. They hold restored copies for minutes, so nobody
/// judges them.
public final class DrillNamespace {
  public static final String PREFIX = "muster-drill-";

  /// Its value is the drill's id. Who may set it is guarded like enforcement.
  public static final String LABEL = "muster.dev/drill";

  private DrillNamespace() {}

  /// The label alone would be a way out of every report.
  public static boolean is(String name, Map<String, String> labels) {
    return name.startsWith(PREFIX) && labels.containsKey(LABEL);
  }
}
