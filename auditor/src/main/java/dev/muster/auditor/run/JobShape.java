package dev.muster.auditor.run;

import dev.muster.config.EngineProfile;
import dev.muster.repository.Json;
import dev.muster.repository.wire.StreamSpec;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The Job of one attempt. Pure: the same order gives the same Job.
final class JobShape {

  static final String PIPES = "pipes";
  static final String DUMP = "dump-";
  static final String PROBE = "probe-";

  private static final String DIR = "/muster";
  private static final String TOKEN_DIR = "/var/run/secrets/muster";
  private static final int KEEP_SECONDS = 600;

  private JobShape() {}

  static Job of(JobOrder order) {
    PodSpec pod = pod(order);
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace(order.namespace())
        .withName(order.attempt().job())
        .withLabels(order.labels())
        .withAnnotations(order.facts())
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withCompletions(1)
        .withParallelism(1)
        .withActiveDeadlineSeconds(order.deadline().toSeconds())
        .withTtlSecondsAfterFinished(KEEP_SECONDS)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(order.labels())
        .withAnnotations(
            Map.of("sidecar.istio.io/inject", "false", "linkerd.io/inject", "disabled"))
        .endMetadata()
        .withSpec(pod)
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodSpec pod(JobOrder order) {
    List<Container> containers = new ArrayList<>();
    for (EngineProfile.Capture capture : order.captures()) {
      String stream = capture.stream().value();
      containers.add(engine(order, capture, DUMP + stream, capture.definition().dump()));
      capture
          .definition()
          .probe()
          .ifPresent(
              probe -> containers.add(engine(order, capture, PROBE + stream, probe.script())));
    }
    containers.add(mover(order));
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withServiceAccountName("default")
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(5L)
        .withSecurityContext(Security.ofPod(order.donorPod().getSpec().getSecurityContext()))
        .withImagePullSecrets(order.donorPod().getSpec().getImagePullSecrets())
        .withNodeSelector(order.donorPod().getSpec().getNodeSelector())
        .withTolerations(Tolerated.own(order.donorPod().getSpec().getTolerations()))
        .withInitContainers(pipes(order))
        .withContainers(containers)
        .withVolumes(volumes())
        .build();
  }

  private static Container pipes(JobOrder order) {
    List<String> arguments = new ArrayList<>(List.of("mover", "pipes", "--dir", DIR));
    for (EngineProfile.Capture capture : order.captures()) {
      arguments.addAll(List.of("--stream", capture.stream().value()));
    }
    for (EngineProfile.Capture capture : order.captures()) {
      if (capture.definition().probe().isPresent()) {
        arguments.addAll(List.of("--probe", capture.stream().value()));
      }
    }
    return ours(order, PIPES, arguments)
        .withVolumeMounts(mount("muster", DIR, false))
        .withResources(resources("10m", "64Mi", "256Mi"))
        .build();
  }

  private static Container engine(
      JobOrder order, EngineProfile.Capture capture, String name, String script) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(order.donor().getImage())
        .withImagePullPolicy(order.donor().getImagePullPolicy())
        .withCommand("sh", "-c", script)
        .withEnvFrom(order.donor().getEnvFrom())
        .withEnv(environment(order, capture))
        .withVolumeMounts(mount("muster", DIR, false))
        .withSecurityContext(
            Security.ofEngine(order.donor().getSecurityContext(), order.restricted()))
        .withResources(resources("50m", "64Mi", "1Gi"))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .build();
  }

  private static List<EnvVar> environment(JobOrder order, EngineProfile.Capture capture) {
    List<EnvVar> all = new ArrayList<>();
    for (EnvVar theirs : order.donor().getEnv()) {
      if (!theirs.getName().startsWith("MUSTER_")) {
        all.add(theirs);
      }
    }
    all.add(value("MUSTER_HOST", order.attempt().target().address()));
    all.add(value("MUSTER_PORT", Integer.toString(order.attempt().target().port())));
    all.add(value("MUSTER_DATABASE", capture.database()));
    all.add(value("MUSTER_STREAM", capture.stream().value()));
    all.add(value("MUSTER_CONSISTENCY", order.consistency()));
    all.add(value("MUSTER_DIR", DIR));
    return all;
  }

  private static Container mover(JobOrder order) {
    var target = order.attempt().target();
    return ours(order, RunPod.MOVER, List.of("mover", "backup"))
        .withEnv(
            value("MUSTER_RUN_ID", order.runId()),
            value("MUSTER_ATTEMPT", order.attempt().attempt()),
            value("MUSTER_API", order.api()),
            value("MUSTER_API_CA", order.apiCa()),
            value("MUSTER_STORE_CA", order.storeCa().orElse("")),
            value("MUSTER_TOKEN_FILE", TOKEN_DIR + "/token"),
            value("MUSTER_RECIPIENTS", String.join(",", order.attempt().recipients())),
            value("MUSTER_STREAMS", streams(order)),
            value("MUSTER_TARGET", target.address() + ":" + target.port()),
            value("MUSTER_DIR", DIR))
        .withVolumeMounts(mount("muster", DIR, false), mount("muster-token", TOKEN_DIR, true))
        .withResources(resources("100m", "256Mi", "768Mi"))
        .build();
  }

  private static String streams(JobOrder order) {
    List<StreamSpec> specs =
        order.captures().stream()
            .map(capture ->
                new StreamSpec(
                    capture.stream().value(),
                    capture.definition().probe().isPresent(),
                    blankIsNull(capture.definition().magic()),
                    blankIsNull(capture.definition().trailer())))
            .toList();
    return new String(Json.encode(specs), StandardCharsets.UTF_8);
  }

  private static ContainerBuilder ours(JobOrder order, String name, List<String> arguments) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(order.image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs(arguments)
        .withSecurityContext(Security.ours());
  }

  private static List<Volume> volumes() {
    List<Volume> all = new ArrayList<>();
    all.add(
        new VolumeBuilder()
            .withName("muster")
            .withEmptyDir(new EmptyDirVolumeSource(null, new Quantity("16Mi")))
            .build());
    all.add(
        new VolumeBuilder()
            .withName("muster-token")
            .withNewProjected()
            .addNewSource()
            .withNewServiceAccountToken(
                RunPod.TOKEN_AUDIENCE, Duration.ofMinutes(10).toSeconds(), "token")
            .endSource()
            .endProjected()
            .build());
    return all;
  }

  private static io.fabric8.kubernetes.api.model.ResourceRequirements resources(
      String cpu, String memory, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity(cpu))
        .addToRequests("memory", new Quantity(memory))
        .addToLimits("cpu", new Quantity("2"))
        .addToLimits("memory", new Quantity(memoryLimit))
        .build();
  }

  private static VolumeMount mount(String name, String path, boolean readOnly) {
    return new VolumeMountBuilder()
        .withName(name)
        .withMountPath(path)
        .withReadOnly(readOnly ? true : null)
        .build();
  }

  /// `$` is doubled, or Kubernetes would expand `$(NAME)`.
  private static EnvVar value(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value.replace("$", "$$")).build();
  }

  private static @org.jspecify.annotations.Nullable String blankIsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
