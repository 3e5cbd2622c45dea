package dev.muster.drill;

import dev.muster.model.DrillNamespace;
import dev.muster.restore.Client;
import dev.muster.restore.Hardening;
import dev.muster.restore.RestorePod;
import dev.muster.restore.Step;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvFromSourceBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Every object of one sandbox, as built; nothing here talks to a cluster.
final class SandboxObjects {
  static final String EXPIRES = "muster.dev/drill-expires";
  static final String NAMESPACE_ROLE = "muster.dev/role";
  static final String NAMESPACE_DRILL = "drill";

  static final String ROLE_BINDING = "muster-drill-sandbox";
  static final String BEACON = "beacon";
  private static final String CREDENTIALS = "engine";

  private final SandboxSettings settings;
  private final String id;
  private final String namespace;
  private final DrillEngine engine;

  SandboxObjects(SandboxSettings settings, String id, String namespace, DrillEngine engine) {
    this.settings = settings;
    this.id = id;
    this.namespace = namespace;
    this.engine = engine;
  }

  Namespace namespace(Instant expires) {
    return new NamespaceBuilder()
        .withNewMetadata()
        .withName(namespace)
        .addToLabels(DrillNamespace.LABEL, id)
        .addToLabels(NAMESPACE_ROLE, NAMESPACE_DRILL)
        .addToLabels("muster.dev/enforce", "audit")
        // Meshes and sidecars would carry data past the policies.
        .addToLabels("istio-injection", "disabled")
        .addToAnnotations("linkerd.io/inject", "disabled")
        .addToAnnotations(EXPIRES, expires.toString())
        .endMetadata()
        .build();
  }

  RoleBinding access() {
    return new RoleBindingBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(ROLE_BINDING)
        .endMetadata()
        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE_BINDING)
        .addNewSubject()
        .withKind("ServiceAccount")
        .withNamespace(settings.home())
        .withName(settings.serviceAccount())
        .endSubject()
        .build();
  }

  ResourceQuota quota() {
    return new ResourceQuotaBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName("drill")
        .endMetadata()
        .withNewSpec()
        .withHard(
            Map.of(
                "pods", new Quantity("4"),
                "services", new Quantity("0"),
                "persistentvolumeclaims", new Quantity("0"),
                "limits.memory", new Quantity("12Gi")))
        .endSpec()
        .build();
  }

  List<NetworkPolicy> policies() {
    return SandboxPolicies.of(namespace, engine.port(), settings.store());
  }

  Secret credentials() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(CREDENTIALS)
        .endMetadata()
        .withImmutable(true)
        .withStringData(engine.credentials())
        .build();
  }

  Pod engine() {
    PodSpec spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds(settings.life().toSeconds())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(5L)
            .withSecurityContext(Hardening.pod(null))
            .withInitContainers(beacon())
            .withContainers(engineContainer())
            .addNewVolume()
            .withName("data")
            .withNewEmptyDir()
            .endEmptyDir()
            .endVolume()
            .build();
    return pod(SandboxPolicies.ENGINE, spec);
  }

  Pod fetch(List<Step> steps) {
    return pod(SandboxPolicies.FETCH, restorePod().restore(engine.streamNames(), client(), steps));
  }

  Pod check(List<Step> steps) {
    return pod(SandboxPolicies.CHECK, restorePod().clientsOnly(client(), steps));
  }

  private RestorePod restorePod() {
    return new RestorePod(
        settings.image(), settings.pullPolicy(), settings.storeCa(), settings.move());
  }

  private Client client() {
    return new Client(
        engine.image(),
        engine.pullPolicy(),
        List.of(),
        List.of(fromCredentials()),
        List.of(),
        null,
        null);
  }

  private Container beacon() {
    List<String> args = new ArrayList<>(List.of("mover", "beacon"));
    settings.beacons().forEach(target -> args.addAll(List.of("--must-fail", target)));
    return new ContainerBuilder()
        .withName(BEACON)
        .withImage(settings.image())
        .withImagePullPolicy(settings.pullPolicy())
        .withArgs(args)
        .withSecurityContext(Hardening.muster())
        .withResources(RestorePod.resources("50m", "64Mi", "256Mi"))
        .build();
  }

  private Container engineContainer() {
    return new ContainerBuilder()
        .withName(SandboxPolicies.ENGINE)
        .withImage(engine.image())
        .withImagePullPolicy(engine.pullPolicy())
        .withArgs(engine.arguments())
        .withEnvFrom(fromCredentials())
        .addNewPort()
        .withContainerPort(engine.port())
        .endPort()
        .addNewEnv()
        .withName("MUSTER_HOST")
        .withValue("127.0.0.1")
        .endEnv()
        .addNewEnv()
        .withName("MUSTER_PORT")
        .withValue(Integer.toString(engine.port()))
        .endEnv()
        .addNewEnv()
        .withName("MUSTER_DATABASE")
        .withValue(engine.database())
        .endEnv()
        .withResources(RestorePod.resources("100m", "256Mi", "2Gi"))
        .addNewVolumeMount()
        .withName("data")
        .withMountPath(engine.dataDirectory())
        .endVolumeMount()
        .withNewReadinessProbe()
        .withNewExec()
        .withCommand("sh", "-c", engine.ready())
        .endExec()
        .withPeriodSeconds(2)
        .withTimeoutSeconds(5)
        .withFailureThreshold(3)
        .endReadinessProbe()
        .build();
  }

  private static EnvFromSource fromCredentials() {
    return new EnvFromSourceBuilder().withNewSecretRef(CREDENTIALS, false).build();
  }

  private Pod pod(String role, PodSpec spec) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(role)
        .addToLabels(DrillNamespace.LABEL, id)
        .addToLabels(SandboxPolicies.ROLE, role)
        .endMetadata()
        .withSpec(spec)
        .build();
  }
}
