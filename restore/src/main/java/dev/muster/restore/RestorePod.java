package dev.muster.restore;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Shapes of the Pods that move data back: the mover fills one named pipe per stream, and one
/// client per stream feeds it to the engine. No Pod has a token; the mover alone sees the ticket.
public final class RestorePod {
  public static final String MOVER = "mover";
  static final String PIPES = "pipes";
  static final String DIR = "/muster";
  private static final String TICKET_DIR = "/run/muster";
  static final String TICKET = TICKET_DIR + "/ticket";

  /// Clients run one after another, in the order of their steps, but each is a container of its
  /// own: its exit code is what the kubelet reports. A client whose forerunner failed never starts.
  private static final String IN_ORDER =
      """
      if [ -n "$MUSTER_AFTER" ]; then
        until [ -e "$MUSTER_DIR/sync/restored-$MUSTER_AFTER" ]; do sleep 1; done
      fi
      sh -c "$MUSTER_SCRIPT" || exit
      : > "$MUSTER_DIR/sync/restored-$MUSTER_STEP"
      """;

  private final String musterImage;
  private final String musterPullPolicy;
  private final Optional<String> storeCa;
  private final Duration deadline;

  /// @param storeCa PEM of the authority of the store's certificate, where the public ones do not
  ///   do
  /// @param deadline after which the kubelet ends the Pod
  public RestorePod(
      String musterImage, String musterPullPolicy, Optional<String> storeCa, Duration deadline) {
    this.musterImage = musterImage;
    this.musterPullPolicy = musterPullPolicy;
    this.storeCa = storeCa;
    this.deadline = deadline;
  }

  /// @param streams names of the pipes, in the order of the ticket
  /// @param steps the clients, in the order in which they run
  public PodSpec restore(List<String> streams, Client client, List<Step> steps) {
    List<Container> containers = new ArrayList<>();
    containers.add(
        ours(MOVER, "mover", "restore", "--dir", DIR, "--ticket", TICKET)
            .addToVolumeMounts(mount("ticket", TICKET_DIR))
            .withEnv(trust())
            .build());
    containers.addAll(clients(client, steps));
    return shell(client)
        .withInitContainers(ours(PIPES, pipes(streams)).build())
        .withContainers(containers)
        .withVolumes(memory("muster"), memory("ticket"))
        .build();
  }

  /// Only the clients: checks and probes after a restore.
  public PodSpec clientsOnly(Client client, List<Step> steps) {
    return shell(client)
        .withInitContainers(ours(PIPES, pipes(List.of())).build())
        .withContainers(clients(client, steps))
        .withVolumes(memory("muster"))
        .build();
  }

  private PodSpecBuilder shell(Client client) {
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withActiveDeadlineSeconds(deadline.toSeconds())
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(5L)
        .withImagePullSecrets(client.pullSecrets())
        .withSecurityContext(Hardening.pod(client.podSecurity()));
  }

  private List<EnvVar> trust() {
    return storeCa
        .map(pem -> List.of(new EnvVarBuilder().withName("MUSTER_STORE_CA").withValue(pem).build()))
        .orElse(List.of());
  }

  private static String[] pipes(List<String> streams) {
    List<String> args = new ArrayList<>(List.of("mover", "pipes", "--dir", DIR));
    streams.forEach(stream -> args.addAll(List.of("--stream", stream)));
    return args.toArray(String[]::new);
  }

  private ContainerBuilder ours(String name, String... args) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(musterImage)
        .withImagePullPolicy(musterPullPolicy)
        .withArgs(args)
        .withSecurityContext(Hardening.muster())
        .withResources(resources("50m", "128Mi", "512Mi"))
        .withVolumeMounts(mount("muster", DIR));
  }

  private static List<Container> clients(Client client, List<Step> steps) {
    List<Container> containers = new ArrayList<>();
    String after = "";
    for (Step step : steps) {
      containers.add(client(client, step, after));
      after = step.name();
    }
    return containers;
  }

  private static Container client(Client client, Step step, String after) {
    Map<String, String> values = new TreeMap<>(step.environment());
    values.put("MUSTER_DIR", DIR);
    values.put("MUSTER_STEP", step.name());
    values.put("MUSTER_AFTER", after);
    values.put("MUSTER_SCRIPT", step.script());
    // The workload's variables come first, so that no value of theirs replaces one of ours.
    List<EnvVar> environment = new ArrayList<>(client.environment());
    values.forEach((name, value) ->
        environment.add(new EnvVarBuilder().withName(name).withValue(escaped(value)).build()));
    return new ContainerBuilder()
        .withName(step.name())
        .withImage(client.image())
        .withImagePullPolicy(client.pullPolicy())
        .withCommand("sh", "-c", IN_ORDER)
        .withEnv(environment)
        .withEnvFrom(client.environmentFrom())
        .withSecurityContext(Hardening.tools(client.security()))
        .withResources(resources("50m", "64Mi", "1Gi"))
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(mount("muster", DIR))
        .build();
  }

  /// The kubelet expands `$(NAME)` and `$$` in values; these are for the shell alone.
  private static String escaped(String value) {
    return value.replace("$", "$$");
  }

  public static ResourceRequirements resources(String cpu, String memory, String limit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("memory", new Quantity(limit)))
        .build();
  }

  private static Volume memory(String name) {
    return new VolumeBuilder()
        .withName(name)
        .withNewEmptyDir()
        .withMedium("Memory")
        .withSizeLimit(new Quantity("1Mi"))
        .endEmptyDir()
        .build();
  }

  private static VolumeMount mount(String name, String path) {
    return new VolumeMountBuilder().withName(name).withMountPath(path).build();
  }
}
