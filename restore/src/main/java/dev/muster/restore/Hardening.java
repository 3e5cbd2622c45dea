package dev.muster.restore;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.jspecify.annotations.Nullable;

/// Security contexts that the restricted Pod Security Standard admits.
public final class Hardening {
  private static final long MUSTER_USER = 65532L;

  private Hardening() {}

  /// For containers of our own image.
  public static SecurityContext muster() {
    return new SecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(MUSTER_USER)
        .withRunAsGroup(MUSTER_USER)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  /// For an engine's tools: the workload's own user, without what tools never need.
  public static SecurityContext tools(@Nullable SecurityContext workload) {
    var from =
        workload == null ? new SecurityContextBuilder() : new SecurityContextBuilder(workload);
    return from.withPrivileged(null)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }

  public static PodSecurityContext pod(@Nullable PodSecurityContext workload) {
    var from =
        workload == null
            ? new PodSecurityContextBuilder()
            : new PodSecurityContextBuilder(workload);
    return from.withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile().build();
  }
}
