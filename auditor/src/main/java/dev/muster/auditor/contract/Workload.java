package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Selectors;
import dev.muster.config.Configuration;
import dev.muster.model.WorkloadRef;
import dev.muster.policies.ContainerShape;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A StatefulSet, Deployment or DaemonSet, seen alike. `object` is never modified.
public record Workload(
    HasMetadata object,
    WorkloadRef ref,
    PodTemplateSpec template,
    @Nullable LabelSelector selector) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The workload behind an object; empty for other kinds and for objects without a template.
  public static Optional<Workload> of(HasMetadata object) {
    return switch (object) {
      case StatefulSet set when set.getSpec() != null && set.getSpec().getTemplate() != null ->
          Optional.of(
              new Workload(
                  set,
                  ref("StatefulSet", set),
                  set.getSpec().getTemplate(),
                  set.getSpec().getSelector()));
      case Deployment some when some.getSpec() != null && some.getSpec().getTemplate() != null ->
          Optional.of(
              new Workload(
                  some,
                  ref("Deployment", some),
                  some.getSpec().getTemplate(),
                  some.getSpec().getSelector()));
      case DaemonSet set when set.getSpec() != null && set.getSpec().getTemplate() != null ->
          Optional.of(
              new Workload(
                  set,
                  ref("DaemonSet", set),
                  set.getSpec().getTemplate(),
                  set.getSpec().getSelector()));
      default -> Optional.empty();
    };
  }

  /// The class behind the kind of a reference.
  public static Optional<Class<? extends HasMetadata>> kind(WorkloadRef ref) {
    return switch (ref.kind()) {
      case "StatefulSet" -> Optional.of(StatefulSet.class);
      case "Deployment" -> Optional.of(Deployment.class);
      case "DaemonSet" -> Optional.of(DaemonSet.class);
      default -> Optional.empty();
    };
  }

  public ObjectName name() {
    return ObjectName.in(ref.namespace(), ref.name());
  }

  public Map<String, String> annotations() {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }

  public Map<String, String> labels() {
    return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
  }

  /// What its containers show of an engine.
  public List<ContainerShape> containers() {
    if (template.getSpec() == null) {
      return List.of();
    }
    return template.getSpec().getContainers().stream()
        .map(container -> ContainerShape.of(JSON.valueToTree(container)))
        .toList();
  }

  public Instant created() {
    String stamp = object.getMetadata().getCreationTimestamp();
    return stamp == null ? Instant.EPOCH : Instant.parse(stamp);
  }

  /// The owner that looks after this workload by itself, as `Kind/name`.
  public Optional<String> operator(Configuration.Admission rules) {
    List<OwnerReference> owners =
        Objects.requireNonNullElse(object.getMetadata().getOwnerReferences(), List.of());
    return owners.stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .filter(owner -> rules.operator(String.valueOf(owner.getApiVersion()), owner.getKind()))
        .map(owner -> owner.getKind() + "/" + owner.getName())
        .findFirst();
  }

  /// Whether the labels of a Pod are those that this workload selects.
  public boolean selects(@Nullable Map<String, String> podLabels) {
    return !Selectors.isEmpty(selector) && Selectors.matches(selector, podLabels);
  }

  @Override
  public String toString() {
    return ref.toString();
  }

  private static WorkloadRef ref(String kind, HasMetadata object) {
    var metadata = object.getMetadata();
    String uid = metadata.getUid() == null ? "" : metadata.getUid();
    String namespace = metadata.getNamespace() == null ? "default" : metadata.getNamespace();
    return new WorkloadRef(kind, namespace, metadata.getName(), uid);
  }
}
