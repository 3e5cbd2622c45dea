package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/// Where an object lives: `namespace/name`, or only a name for objects of the whole cluster.
public record ObjectName(@Nullable String namespace, String name) {

  public ObjectName {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an object has a name");
    }
  }

  public static ObjectName in(String namespace, String name) {
    return new ObjectName(namespace, name);
  }

  public static ObjectName global(String name) {
    return new ObjectName(null, name);
  }

  public static ObjectName of(HasMetadata object) {
    return new ObjectName(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace == null ? name : namespace + "/" + name;
  }
}
