package dev.muster.auditor.inventory;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who an object belongs to, from what uses it up to what deployed it. Not for several threads.
public final class Owners {
  /// Owners may name each other in a circle.
  private static final int MOST = 8;

  private static final String HELM = "meta.helm.sh/release-";
  private static final String KUSTOMIZATION = "kustomize.toolkit.fluxcd.io/";
  private static final String HELM_RELEASE = "helm.toolkit.fluxcd.io/";
  private static final String ARGO = "argocd.argoproj.io/";

  private final Room room;
  private final Map<WorkloadFacts, List<String>> known = new IdentityHashMap<>();

  public Owners(Room room) {
    this.room = room;
  }

  /// `StatefulSet/db`, `PostgresCluster/orders`, `Helm release shop/web`: each belongs to the next.
  public List<String> of(WorkloadFacts workload) {
    return known.computeIfAbsent(workload, asked -> of(asked.said(), asked.metadata()));
  }

  /// Of a claim that no workload names.
  ///
  /// @param pod that uses it
  public List<String> of(ClaimFacts claim, Optional<PodFacts> pod) {
    return pod.map(user -> of(user.said(), user.metadata()))
        .orElseGet(() -> of("", claim.metadata()));
  }

  /// Of an object that is no workload and has none.
  public List<String> of(Metadata object) {
    return of("", object);
  }

  private List<String> of(String first, Metadata object) {
    List<String> chain = new ArrayList<>();
    if (!first.isEmpty()) {
      chain.add(first);
    }
    Metadata top = object;
    while (top.controller() != null && chain.size() < MOST) {
      Metadata.Controller owner = top.controller();
      chain.add(owner.kind() + "/" + owner.name());
      Optional<WorkloadFacts> next = room.maker(owner);
      if (next.isEmpty()) {
        break;
      }
      if (!chain.contains(next.get().said())) {
        chain.add(next.get().said());
      }
      top = next.get().metadata();
    }
    deployers(top).forEach((what, who) -> chain.add(what + " " + who));
    return List.copyOf(chain);
  }

  /// Names of keys: Helm's own documentation, Argo CD's on resource tracking, and the labels of
  /// Flux's kustomize-controller and helm-controller.
  private static Map<String, String> deployers(Metadata object) {
    Map<String, String> found = new LinkedHashMap<>();
    put(found, "Helm release", object.annotations(), HELM + "namespace", HELM + "name");
    put(
        found,
        "Flux HelmRelease",
        object.labels(),
        HELM_RELEASE + "namespace",
        HELM_RELEASE + "name");
    put(
        found,
        "Flux Kustomization",
        object.labels(),
        KUSTOMIZATION + "namespace",
        KUSTOMIZATION + "name");
    String tracked = object.annotations().getOrDefault(ARGO + "tracking-id", "");
    String argo = object.labels().getOrDefault(ARGO + "instance", tracked.split(":", 2)[0]);
    if (!argo.isEmpty()) {
      found.put("Argo CD application", argo);
    }
    return found;
  }

  private static void put(
      Map<String, String> found,
      String what,
      Map<String, String> keys,
      String namespace,
      String name) {
    String named = keys.getOrDefault(name, "");
    if (!named.isEmpty()) {
      String in = keys.getOrDefault(namespace, "");
      found.put(what, in.isEmpty() ? named : in + "/" + named);
    }
  }
}
