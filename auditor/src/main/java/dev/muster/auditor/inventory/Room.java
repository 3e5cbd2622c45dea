package dev.muster.auditor.inventory;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is in one namespace, by name: of two users of one claim it is always the same that is
/// named.
public final class Room {
  private final String name;
  private Metadata namespace;
  private final Map<String, ClaimFacts> claims = new TreeMap<>();
  private final Map<String, WorkloadFacts> workloads = new TreeMap<>();
  private final Map<String, PodFacts> pods = new TreeMap<>();

  Room(String name) {
    this.name = name;
    this.namespace = nothing(name);
  }

  private static Metadata nothing(String name) {
    return new Metadata("", name, "", Map.of(), Map.of(), null, null);
  }

  /// One that nothing is known of.
  public static Room empty(String name) {
    return new Room(name);
  }

  public String name() {
    return name;
  }

  /// The namespace; without annotations where only its content is known.
  public Metadata namespace() {
    return namespace;
  }

  public Collection<ClaimFacts> claims() {
    return claims.values();
  }

  public Optional<ClaimFacts> claim(String name) {
    return Optional.ofNullable(claims.get(name));
  }

  public Collection<WorkloadFacts> workloads() {
    return workloads.values();
  }

  /// @param kind as in the object
  public Optional<WorkloadFacts> workload(String kind, String name) {
    return Optional.ofNullable(workloads.get(kind + "/" + name));
  }

  public Collection<PodFacts> pods() {
    return pods.values();
  }

  public Optional<PodFacts> pod(String name) {
    return Optional.ofNullable(pods.get(name));
  }

  boolean isEmpty() {
    return claims.isEmpty() && workloads.isEmpty() && pods.isEmpty();
  }

  /// The namespace is gone.
  void unnamed() {
    namespace = nothing(name);
  }

  void put(NamespaceFacts facts) {
    namespace = facts.metadata();
  }

  void put(ClaimFacts claim) {
    claims.put(claim.metadata().name(), claim);
  }

  void put(WorkloadFacts workload) {
    workloads.put(workload.said(), workload);
  }

  /// A Pod without data says nothing.
  void put(PodFacts pod) {
    if (pod.shape().volumes().isEmpty()) {
      pods.remove(pod.metadata().name());
    } else {
      pods.put(pod.metadata().name(), pod);
    }
  }

  void remove(Kind kind, String object) {
    switch (kind) {
      case CLAIM -> claims.remove(object);
      case POD -> pods.remove(object);
      default -> workloads.remove(kind.word() + "/" + object);
    }
  }
}
