package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.ImageReference;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;

/// Containers and volumes of a Pod as the policy is asked about them.
final class PodFacts {

  private PodFacts() {}

  static void containers(ObjectNode input, List<Container> containers) {
    ArrayNode all = input.putArray("containers");
    for (Container container : containers) {
      ObjectNode one = all.addObject();
      ImageReference image =
          ImageReference.of(container.getImage() == null ? "" : container.getImage());
      one.put("name", container.getName());
      one.put("repository", image.repository());
      one.put("image", image.name());
      one.put("tag", image.tag());
      ArrayNode ports = one.putArray("ports");
      container.getPorts().forEach(port -> ports.add(port.getContainerPort()));
      ArrayNode environment = one.putArray("environment");
      container.getEnv().stream().map(EnvVar::getName).forEach(environment::add);
      ArrayNode mounts = one.putArray("mounts");
      container.getVolumeMounts().stream().map(VolumeMount::getMountPath).forEach(mounts::add);
    }
  }

  static void volumes(ObjectNode input, PodSpec pod, List<PersistentVolumeClaim> templates) {
    ArrayNode all = input.putArray("volumes");
    templates.forEach(template ->
        all.addObject()
            .put("name", template.getMetadata().getName())
            .put("source", "claim-template"));
    pod.getVolumes()
        .forEach(
            volume -> all.addObject().put("name", volume.getName()).put("source", source(volume)));
  }

  static String source(Volume volume) {
    if (volume.getPersistentVolumeClaim() != null) {
      return "claim";
    }
    if (volume.getEphemeral() != null) {
      return "ephemeral";
    }
    if (volume.getEmptyDir() != null) {
      return "empty-dir";
    }
    return volume.getHostPath() != null ? "host-path" : "other";
  }
}
