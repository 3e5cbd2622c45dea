package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;

/// Ties what Muster makes at run time to an object of its installation, so that Kubernetes removes
/// it with that one: an uninstallation leaves nothing behind and runs no code of ours.
public final class Owner {

  private Owner() {}

  /// The owner of this kind and name, or none where it does not exist, as outside of a cluster. An
  /// owner in a namespace can own only there.
  public static <T extends HasMetadata> List<OwnerReference> find(
      Cluster cluster, Class<T> kind, ObjectName name) {
    return cluster.find(kind, name).map(Owner::of).stream().toList();
  }

  private static OwnerReference of(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .build();
  }
}
