package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The files that objects were read from, where an audit reads files.
public final class Sources {
  private final Map<String, Source> files = new HashMap<>();

  public Sources() {}

  /// Of a cluster.
  public static Sources none() {
    return new Sources();
  }

  public void put(String namespace, String kind, String name, Source source) {
    files.put(namespace + "/" + kind + "/" + name, source);
  }

  /// Of the claim, or of the workload whose template has the volume.
  Optional<Source> of(CoverageReport.Line line) {
    Source claim = files.get(line.namespace() + "/" + line.volume() + "/" + line.name());
    return Optional.ofNullable(
        claim == null ? files.get(line.namespace() + "/" + line.workload()) : claim);
  }
}
