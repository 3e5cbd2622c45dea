package dev.muster.auditor.reportobject;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The report objects that are ours: by label, and by the only name that the rights reach.
final class OwnReports {
  private final Cluster cluster;

  OwnReports(Cluster cluster) {
    this.cluster = cluster;
  }

  /// Empty where the server has no such kind.
  Optional<List<ObjectMeta>> of(ReportKind kind) {
    return cluster
        .listMetadata(kind.resource(), ReportObject.LABELS)
        .map(all -> all.stream().filter(each -> each.getName().equals(ReportObject.NAME)).toList());
  }

  /// Deletes these, as long as there is a turn.
  ///
  /// @param refused where it goes why single ones stay, also if it throws then
  void delete(ReportKind kind, List<ObjectMeta> these, BooleanSupplier turn, List<String> refused) {
    for (ObjectMeta each : these) {
      if (turn.getAsBoolean()) {
        delete(kind, each.getNamespace()).ifPresent(refused::add);
      }
    }
  }

  /// Why it stays; empty once it is gone. Throws where the server does not answer, which is the
  /// same for all.
  Optional<String> delete(ReportKind kind, String namespace) {
    try {
      cluster.delete(kind.type(), ObjectName.in(namespace, ReportObject.NAME));
      return Optional.empty();
    } catch (ClusterException.Unreachable e) {
      throw e;
    } catch (ClusterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
