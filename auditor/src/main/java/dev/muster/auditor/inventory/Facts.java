package dev.muster.auditor.inventory;

/// What is kept of one object: a few hundred bytes, however large the object is.
public sealed interface Facts
    permits NamespaceFacts, ClaimFacts, VolumeFacts, PodFacts, WorkloadFacts, ServiceFacts {
  Metadata metadata();
}
