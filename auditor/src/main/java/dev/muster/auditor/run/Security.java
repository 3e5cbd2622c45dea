package dev.muster.auditor.run;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import org.jspecify.annotations.Nullable;

/// Security contexts of run Pods: the donor's user, and never more rights than that user.
final class Security {

  private static final long OUR_USER = 65532L;

  private Security() {}

  /// The donor's users and profiles. Without its fsGroup, which would close the token file to the
  /// mover's own user.
  static PodSecurityContext ofPod(@Nullable PodSecurityContext donor) {
    PodSecurityContextBuilder context =
        donor == null ? new PodSecurityContextBuilder() : new PodSecurityContextBuilder(donor);
    context.withFsGroup(null).withFsGroupChangePolicy(null).withSysctls();
    if (context.buildSeccompProfile() == null) {
      context.withSeccompProfile(new SeccompProfile(null, "RuntimeDefault"));
    }
    return context.build();
  }

  static SecurityContext ofEngine(@Nullable SecurityContext donor, boolean restricted) {
    SecurityContextBuilder context =
        donor == null ? new SecurityContextBuilder() : new SecurityContextBuilder(donor);
    context.withPrivileged(null).withAllowPrivilegeEscalation(false).withCapabilities(none());
    if (restricted) {
      context.withRunAsNonRoot(true).withSeccompProfile(new SeccompProfile(null, "RuntimeDefault"));
    }
    return context.build();
  }

  static SecurityContext ours() {
    return new SecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(OUR_USER)
        .withRunAsGroup(OUR_USER)
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withCapabilities(none())
        .withSeccompProfile(new SeccompProfile(null, "RuntimeDefault"))
        .build();
  }

  private static Capabilities none() {
    return new CapabilitiesBuilder().withDrop("ALL").build();
  }
}
