package dev.muster.auditor.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who uses the claims of one namespace. Pure.
public final class Uses {
  private final Room room;
  private final Map<String, Use> byClaim = new HashMap<>();
  private final Map<String, List<Use>> further = new HashMap<>();
  private final Map<String, Use> byTemplate = new HashMap<>();
  private final Map<String, PodFacts> pods = new HashMap<>();

  public Uses(Room room) {
    this.room = room;
    List<WorkloadFacts> workloads = new ArrayList<>(room.workloads());
    workloads.sort(Comparator.comparing(Uses::rank));
    for (WorkloadFacts workload : workloads) {
      for (ClaimFacts template : workload.claimTemplates()) {
        String name = template.metadata().name();
        byTemplate.put(name + "-" + workload.metadata().name(), Use.of(workload, name));
      }
      for (PodShape.Volume volume : workload.template().volumes()) {
        if (!volume.claim().isEmpty()) {
          put(volume.claim(), Use.of(workload, volume.name()));
        }
      }
    }
    for (PodFacts pod : room.pods()) {
      for (PodShape.Volume volume : pod.shape().volumes()) {
        if (!volume.claim().isEmpty()) {
          pods.putIfAbsent(volume.claim(), pod);
        }
      }
    }
  }

  private void put(String claim, Use use) {
    if (byClaim.putIfAbsent(claim, use) != null) {
      further.computeIfAbsent(claim, added -> new ArrayList<>()).add(use);
    }
  }

  /// A StatefulSet is the one that keeps data; what else mounts its claim looks at it, and what
  /// runs once in a while copies it.
  private static int rank(WorkloadFacts workload) {
    if (workload.kind().equals(Kind.STATEFUL_SET.word())) {
      return 0;
    }
    return workload.lasting() ? 1 : 2;
  }

  /// By a template's name and an ordinal, by a volume of a template of Pods that names the claim,
  /// or as the claim that a Pod's ephemeral volume made.
  public Optional<Use> of(ClaimFacts claim) {
    String name = claim.metadata().name();
    int dash = name.lastIndexOf('-');
    Use made = dash > 0 && digits(name, dash + 1) ? byTemplate.get(name.substring(0, dash)) : null;
    if (made != null) {
      return Optional.of(made);
    }
    Use named = byClaim.get(name);
    return named != null ? Optional.of(named) : ephemeral(claim);
  }

  /// Who uses a claim besides, in their order: nearly always nobody.
  ///
  /// @param first as `of` has it
  public List<Use> others(String claim, Use first) {
    Use named = byClaim.get(claim);
    List<Use> rest = further.getOrDefault(claim, List.of());
    if (named == null || named.equals(first)) {
      return rest;
    }
    List<Use> all = new ArrayList<>();
    all.add(named);
    all.addAll(rest);
    return all;
  }

  private Optional<Use> ephemeral(ClaimFacts claim) {
    Metadata.Controller owner = claim.metadata().controller();
    if (owner == null || !owner.kind().equals("Pod")) {
      return Optional.empty();
    }
    String prefix = owner.name() + "-";
    String name = claim.metadata().name();
    if (!name.startsWith(prefix)) {
      return Optional.empty();
    }
    return room.pod(owner.name())
        .map(PodFacts::metadata)
        .flatMap(this::maker)
        .map(workload -> Use.of(workload, name.substring(prefix.length())));
  }

  /// What describes a Pod: the Pod itself, where nothing else does.
  private Optional<WorkloadFacts> maker(Metadata pod) {
    return PodFacts.alone(pod)
        ? room.workload(Kind.POD.word(), pod.name())
        : Optional.ofNullable(pod.controller()).flatMap(room::maker);
  }

  /// A Pod that uses a claim; empty for none.
  public Optional<PodFacts> pod(String claim) {
    return Optional.ofNullable(pods.get(claim));
  }

  /// Whether it ends with a number as Kubernetes writes it.
  private static boolean digits(String text, int from) {
    if (from < text.length() - 1 && text.charAt(from) == '0') {
      return false;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < text.length();
  }
}
