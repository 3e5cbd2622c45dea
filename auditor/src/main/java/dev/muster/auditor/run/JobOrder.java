package dev.muster.auditor.run;

import dev.muster.config.EngineProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that the shape of one attempt's Job depends on.
///
/// @param donorPod the Pod whose database is dumped; image, environment and security come from it
/// @param donor its engine container
/// @param restricted whether the namespace enforces the restricted Pod security level
record JobOrder(
    Entry.Planned planned,
    Entry.Attempt attempt,
    Pod donorPod,
    Container donor,
    List<EngineProfile.Capture> captures,
    String consistency,
    boolean restricted,
    Duration deadline,
    String image,
    String api,
    String apiCa) {

  static final String ROLE = "muster.dev/role";
  static final String RUN_ID = "muster.dev/run-id";
  static final String WORKLOAD = "muster.dev/workload";
  static final String ATTEMPT = "muster.dev/attempt";
  static final String POINT = "muster.dev/point";
  static final String WORKLOAD_NAME = "muster.dev/workload-name";
  static final String PROGRESS = "muster.dev/progress";
  static final String BACKUP = "backup";

  String namespace() {
    return planned.namespace();
  }

  String runId() {
    return planned.runId();
  }

  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(ROLE, BACKUP);
    labels.put(RUN_ID, planned.runId());
    labels.put(
        WORKLOAD,
        dev.muster.model.WorkloadKey.of(planned.kind(), planned.namespace(), planned.name())
            .value());
    return labels;
  }

  Map<String, String> facts() {
    return Map.of(
        ATTEMPT, attempt.attempt(),
        POINT, planned.point(),
        WORKLOAD_NAME, planned.kind() + "/" + planned.name());
  }
}
