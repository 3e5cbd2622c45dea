package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Objects as people apply them.
public final class Yaml {

  private Yaml() {}

  public static String of(HasMetadata object) {
    return Serialization.asYaml(object);
  }
}
