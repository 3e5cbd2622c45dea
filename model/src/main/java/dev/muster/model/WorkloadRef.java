package dev.muster.model;

/// A workload of the cluster. The uid is empty where it is not known yet, as in admission.
public record WorkloadRef(String kind, String namespace, String name, String uid) {
  /// The key under which the store knows this workload; a new uid does not change it.
  public WorkloadKey key() {
    return WorkloadKey.of(kind, namespace, name);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
