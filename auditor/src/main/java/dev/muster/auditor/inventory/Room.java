package dev.muster.auditor.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is in one namespace, or is bound to none if the name is empty, by name: of two users of one
/// claim it is always the same that is named.
public final class Room {
  private final String name;
  private Metadata namespace;
  private final Map<String, ClaimFacts> claims = new TreeMap<>();
  private final Map<String, WorkloadFacts> workloads = new TreeMap<>();
  private final Map<String, PodFacts> pods = new TreeMap<>();
  private final Map<String, VolumeFacts> volumes = new TreeMap<>();
  private final Map<String, ServiceFacts> services = new TreeMap<>();

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

  /// The workload that an owner is, or that made it: a ReplicaSet or Job is named after that.
  Optional<WorkloadFacts> maker(Metadata.Controller owner) {
    return switch (owner.kind()) {
      case "ReplicaSet" -> workload(Kind.DEPLOYMENT.word(), stem(owner.name()));
      case "Job" -> workload(Kind.CRON_JOB.word(), stem(owner.name()));
      default -> workload(owner.kind(), owner.name());
    };
  }

  private static String stem(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('-')));
  }

  public Collection<PodFacts> pods() {
    return pods.values();
  }

  public Optional<PodFacts> pod(String name) {
    return Optional.ofNullable(pods.get(name));
  }

  /// The PersistentVolumes that are or were bound to its claims.
  public Collection<VolumeFacts> volumes() {
    return volumes.values();
  }

  /// The volume behind a claim, where it is known.
  public Optional<VolumeFacts> volume(ClaimFacts claim) {
    return Optional.ofNullable(volumes.get(claim.volume()));
  }

  /// The claim that a volume is bound to: neither one that was made anew under the old name, nor
  /// one that has another volume now.
  public Optional<ClaimFacts> claim(VolumeFacts volume) {
    String uid = volume.claimUid();
    return claim(volume.claimName())
        .filter(claim -> claim.volume().equals(volume.metadata().name()))
        .filter(claim -> uid.isEmpty() || uid.equals(claim.metadata().uid()));
  }

  /// Those that stand for something outside of the cluster.
  public Collection<ServiceFacts> services() {
    return services.values();
  }

  boolean isEmpty() {
    return Stream.of(claims, workloads, pods, volumes, services).allMatch(Map::isEmpty);
  }

  /// Everything that was put.
  Stream<Facts> facts() {
    return Stream.<Collection<? extends Facts>>of(
            namespace.uid().isEmpty() ? List.of() : List.of(new NamespaceFacts(namespace)),
            claims.values(),
            volumes.values(),
            pods.values(),
            workloads.values().stream().filter(w -> !w.kind().equals(Kind.POD.word())).toList(),
            services.values())
        .flatMap(Collection::stream);
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

  void put(VolumeFacts volume) {
    volumes.put(volume.metadata().name(), volume);
  }

  void put(WorkloadFacts workload) {
    workloads.put(workload.said(), workload);
  }

  /// A Pod without data says nothing; one that is described nowhere else is a workload too.
  void put(PodFacts pod) {
    String name = pod.metadata().name();
    remove(Kind.POD, name);
    if (!pod.shape().volumes().isEmpty()) {
      pods.put(name, pod);
      if (PodFacts.alone(pod.metadata())) {
        put(WorkloadFacts.of(pod));
      }
    }
  }

  /// Only what stands for something outside of the cluster.
  void put(ServiceFacts service) {
    String name = service.metadata().name();
    if (service.externalName().isEmpty()) {
      services.remove(name);
    } else {
      services.put(name, service);
    }
  }

  void remove(Kind kind, String object) {
    switch (kind) {
      case CLAIM -> claims.remove(object);
      case VOLUME -> volumes.remove(object);
      case SERVICE -> services.remove(object);
      case POD -> {
        pods.remove(object);
        workloads.remove(kind.word() + "/" + object);
      }
      default -> workloads.remove(kind.word() + "/" + object);
    }
  }
}
