package dev.muster.auditor.evidence;

import dev.muster.cluster.ObjectName;

/// One thing that a reader found, or could not read.
public sealed interface Found {
  /// Whether it is about a volume or database of the namespace, or about all.
  default boolean in(String namespace) {
    return switch (this) {
      case Point(var claim, var _) -> namespace.equals(claim.namespace());
      case Failure(var claim, var _) -> namespace.equals(claim.namespace());
      case Meant(var claim, var _) -> namespace.equals(claim.namespace());
      case Database(var database) -> namespace.equals(database.metadata().namespace());
      case Gap _, DatabaseGap _ -> true;
    };
  }

  record Point(ObjectName claim, ForeignPoint point) implements Found {}

  record Failure(ObjectName claim, ForeignFailure failure) implements Found {}

  record Meant(ObjectName claim, Intent intent) implements Found {}

  record Database(OutsideDatabase database) implements Found {}

  record Gap(String text) implements Found {}

  /// A gap that hides databases outside of the cluster, and nothing of claims.
  record DatabaseGap(String text) implements Found {}
}
