package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Inventory;
import dev.muster.auditor.contract.Workload;
import dev.muster.model.DrillNamespace;
import dev.muster.model.VolumeRef;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/// Finds every volume there is, or that is still to come. Pure.
final class Subjects {

  private final Inventory inventory;
  private final BiPredicate<Workload, VolumeMount> holdsData;

  /// @param holdsData whether an engine of the workload keeps its data at this mount
  Subjects(Inventory inventory, BiPredicate<Workload, VolumeMount> holdsData) {
    this.inventory = inventory;
    this.holdsData = holdsData;
  }

  List<Subject> all() {
    List<Subject> all = new ArrayList<>();
    inventory.claims().stream()
        .filter(c -> !throwAway(namespace(c)))
        .forEach(c -> all.add(claim(c)));
    for (Workload workload : inventory.workloads()) {
      if (!throwAway(workload.ref().namespace())) {
        all.addAll(templates(workload));
        all.addAll(unclaimed(workload));
      }
    }
    return all;
  }

  private Subject claim(PersistentVolumeClaim claim) {
    String namespace = namespace(claim);
    String name = claim.getMetadata().getName();
    String uid = claim.getMetadata().getUid() == null ? "" : claim.getMetadata().getUid();
    Set<String> names = new HashSet<>(Set.of(name));
    Set<String> mounts = new HashSet<>();
    Optional<Workload> workload =
        inventory.workloads().stream()
            .filter(w -> w.ref().namespace().equals(namespace))
            .filter(w -> uses(w, name, names, mounts))
            .findFirst();
    String user = workload.map(Subjects::said).orElseGet(() -> podUser(namespace, name));
    return new Subject(
        VolumeRef.claim(namespace, name, uid), Optional.of(claim), workload, user, names, mounts);
  }

  /// By a template's name and an ordinal, or by a volume of the template that names the claim.
  private static boolean uses(
      Workload workload, String claim, Set<String> names, Set<String> mounts) {
    for (PersistentVolumeClaim template : workload.claimTemplates()) {
      String prefix = template.getMetadata().getName() + "-" + workload.ref().name() + "-";
      if (claim.startsWith(prefix) && claim.substring(prefix.length()).matches("[0-9]+")) {
        names.add(template.getMetadata().getName());
        mounts.addAll(mounts(spec(workload), template.getMetadata().getName()));
        return true;
      }
    }
    for (Volume volume : spec(workload).getVolumes()) {
      boolean named =
          volume.getPersistentVolumeClaim() != null
              && claim.equals(volume.getPersistentVolumeClaim().getClaimName());
      boolean generic =
          volume.getEphemeral() != null
              && claim.endsWith("-" + volume.getName())
              && claim.startsWith(workload.ref().name() + "-");
      if (named || generic) {
        names.add(volume.getName());
        mounts.addAll(mounts(spec(workload), volume.getName()));
        return true;
      }
    }
    return false;
  }

  private String podUser(String namespace, String claim) {
    for (Pod pod : inventory.pods()) {
      boolean mounts =
          namespace.equals(pod.getMetadata().getNamespace())
              && pod.getSpec() != null
              && pod.getSpec().getVolumes().stream()
                  .anyMatch(v ->
                      v.getPersistentVolumeClaim() != null
                          && claim.equals(v.getPersistentVolumeClaim().getClaimName()));
      if (mounts) {
        return "Pod/" + pod.getMetadata().getName();
      }
    }
    return "";
  }

  /// Claims that the set will make: for each ordinal that has none yet, or one for a set of size 0.
  private List<Subject> templates(Workload workload) {
    List<Subject> coming = new ArrayList<>();
    for (PersistentVolumeClaim template : workload.claimTemplates()) {
      String name = template.getMetadata().getName();
      for (int ordinal = 0; ordinal < Math.max(1, workload.replicas()); ordinal++) {
        String claim = name + "-" + workload.ref().name() + "-" + ordinal;
        if (!exists(workload.ref().namespace(), claim)) {
          coming.add(
              new Subject(
                  new VolumeRef("template", workload.ref().namespace(), claim, ""),
                  Optional.of(template),
                  Optional.of(workload),
                  said(workload),
                  Set.of(claim, name),
                  mounts(spec(workload), name)));
        }
      }
    }
    return coming;
  }

  /// An engine's data where no claim holds it.
  private List<Subject> unclaimed(Workload workload) {
    List<Subject> found = new ArrayList<>();
    for (Volume volume : spec(workload).getVolumes()) {
      String kind =
          volume.getHostPath() != null
              ? "hostPath"
              : volume.getEmptyDir() != null ? "emptyDir" : "";
      boolean data =
          spec(workload).getContainers().stream()
              .flatMap(container -> container.getVolumeMounts().stream())
              .filter(mount -> mount.getName().equals(volume.getName()))
              .anyMatch(mount -> holdsData.test(workload, mount));
      if (!kind.isEmpty() && data) {
        found.add(
            new Subject(
                new VolumeRef(
                    kind,
                    workload.ref().namespace(),
                    workload.ref().name() + "/" + volume.getName(),
                    ""),
                Optional.empty(),
                Optional.of(workload),
                said(workload),
                Set.of(volume.getName()),
                mounts(spec(workload), volume.getName())));
      }
    }
    return found;
  }

  private boolean exists(String namespace, String claim) {
    return inventory.claims().stream()
        .anyMatch(c -> namespace.equals(namespace(c)) && claim.equals(c.getMetadata().getName()));
  }

  /// Namespaces of drills hold restored copies for minutes.
  private boolean throwAway(String namespace) {
    return inventory
        .namespace(namespace)
        .map(n -> Objects.requireNonNullElse(n.getMetadata().getLabels(), Map.<String, String>of()))
        .filter(labels -> DrillNamespace.is(namespace, labels))
        .isPresent();
  }

  private static Set<String> mounts(PodSpec pod, String volume) {
    Set<String> mounts = new HashSet<>();
    for (Container container : pod.getContainers()) {
      for (VolumeMount mount : container.getVolumeMounts()) {
        if (mount.getName().equals(volume)) {
          mounts.add(container.getName() + ":" + mount.getMountPath());
        }
      }
    }
    return mounts;
  }

  private static PodSpec spec(Workload workload) {
    return workload.template().getSpec() == null ? new PodSpec() : workload.template().getSpec();
  }

  private static String said(Workload workload) {
    return workload.ref().kind() + "/" + workload.ref().name();
  }

  private static String namespace(PersistentVolumeClaim claim) {
    String namespace = claim.getMetadata().getNamespace();
    return namespace == null ? "default" : namespace;
  }
}
