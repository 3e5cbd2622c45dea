package dev.muster.auditor.reportobject;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.evidence.OutsideDatabase;
import java.util.Objects;

/// An object reference of Kubernetes; empty fields are left out.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Reference(String apiVersion, String kind, String namespace, String name) {

  Reference {
    // Read back from a server they are absent where they are empty.
    apiVersion = Objects.requireNonNullElse(apiVersion, "");
    namespace = Objects.requireNonNullElse(namespace, "");
  }

  static Reference namespace(String name) {
    return new Reference("v1", "Namespace", "", name);
  }

  /// The volume or database where it is an object, else the workload that uses or will make it.
  static Reference of(CoverageReport.Line line) {
    return switch (line.volume()) {
      case "PersistentVolumeClaim", "Service" ->
          new Reference("v1", line.volume(), line.namespace(), line.name());
      case "PersistentVolume" -> new Reference("v1", line.volume(), "", line.name());
      default ->
          OutsideDatabase.is(line.volume())
              ? database(line)
              : workload(line.namespace(), line.workload());
    };
  }

  /// The line tells its kind and group, and no version.
  private static Reference database(CoverageReport.Line line) {
    String kind = line.volume().substring(0, line.volume().indexOf('.'));
    return new Reference("", kind, line.namespace(), line.name());
  }

  private static Reference workload(String namespace, String said) {
    String kind = said.substring(0, Math.max(0, said.indexOf('/')));
    return new Reference(apiVersion(kind), kind, namespace, said.substring(said.indexOf('/') + 1));
  }

  private static String apiVersion(String kind) {
    return switch (kind) {
      case "StatefulSet", "Deployment", "DaemonSet", "ReplicaSet" -> "apps/v1";
      case "CronJob", "Job" -> "batch/v1";
      case "Pod" -> "v1";
      default -> "";
    };
  }
}
