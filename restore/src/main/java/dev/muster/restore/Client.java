package dev.muster.restore;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine's own tools run in: the image of the engine, the variables that hold its
/// credentials, and the user it runs as.
public record Client(
    String image,
    String pullPolicy,
    List<EnvVar> environment,
    List<EnvFromSource> environmentFrom,
    List<LocalObjectReference> pullSecrets,
    @Nullable SecurityContext security,
    @Nullable PodSecurityContext podSecurity) {

  public Client {
    environment = List.copyOf(environment);
    environmentFrom = List.copyOf(environmentFrom);
    pullSecrets = List.copyOf(pullSecrets);
  }
}
