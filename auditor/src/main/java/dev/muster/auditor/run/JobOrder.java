package dev.muster.auditor.run;

import dev.muster.config.EngineProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    String apiCa,
    Optional<String> storeCa) {

  String namespace() {
    return planned.namespace();
  }

  String runId() {
    return planned.runId();
  }

  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(RunPod.ROLE, RunPod.BACKUP);
    labels.put(RunPod.RUN_ID, planned.runId());
    labels.put(
        RunPod.WORKLOAD,
        dev.muster.model.WorkloadKey.of(planned.kind(), planned.namespace(), planned.name())
            .value());
    return labels;
  }

  Map<String, String> facts() {
    return Map.of(
        RunPod.ATTEMPT, attempt.attempt(),
        RunPod.POINT, planned.point(),
        RunPod.WORKLOAD_NAME, planned.kind() + "/" + planned.name());
  }
}
