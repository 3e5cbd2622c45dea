package dev.muster.auditor.evidence;

import dev.muster.cluster.ObjectName;

/// One thing that a reader found, or could not read.
public sealed interface Found {
  record Point(ObjectName claim, ForeignPoint point) implements Found {}

  record Failure(ObjectName claim, ForeignFailure failure) implements Found {}

  record Meant(ObjectName claim, Intent intent) implements Found {}

  record Gap(String text) implements Found {}
}
