package dev.muster.auditor.run;

import io.fabric8.kubernetes.api.model.Pod;

/// How a run's Pod is recognised.
public final class RunPod {

  public static final String TOKEN_AUDIENCE = "muster-run";
  public static final String ROLE = "muster.dev/role";
  public static final String BACKUP = "backup";
  public static final String RUN_ID = "muster.dev/run-id";
  public static final String WORKLOAD = "muster.dev/workload";
  public static final String ATTEMPT = "muster.dev/attempt";
  public static final String POINT = "muster.dev/point";
  public static final String PROGRESS = "muster.dev/progress";
  static final String WORKLOAD_NAME = "muster.dev/workload-name";

  static final String MOVER = "mover";

  private RunPod() {}

  /// Whether its one mover runs exactly this image.
  public static boolean hasMover(Pod pod, String image) {
    return pod.getSpec().getContainers().stream()
            .filter(container -> container.getName().equals(MOVER))
            .filter(container -> container.getImage().equals(image))
            .count()
        == 1;
  }
}
