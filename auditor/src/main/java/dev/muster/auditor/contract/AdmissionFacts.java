package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReading;
import dev.muster.policies.ContractFacts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;

/// What the policy `muster/admission` is asked about an object that exists already.
final class AdmissionFacts {

  private final Configuration configuration;
  private final EngineProfiles profiles;

  AdmissionFacts(Configuration configuration, EngineProfiles profiles) {
    this.configuration = configuration;
    this.profiles = profiles;
  }

  /// An object with a Pod's shape: a workload with its template, or a Pod.
  record Subject(
      String kind,
      String namespace,
      String name,
      PodSpec pod,
      List<Container> containers,
      List<PersistentVolumeClaim> claimTemplates) {}

  ObjectNode of(Subject subject, Map<String, String> said, ContractReading reading) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.put("stage", "mutate");
    input.put("level", "warn");
    input.put("operation", "CREATE");
    input.put("kind", subject.kind());
    input.put("namespace", subject.namespace());
    input.put("name", subject.name());
    input.put("default_plan", configuration.defaultPlan());
    input.put("velero_hooks", configuration.admission().veleroHooks());
    profiles.names().forEach(input.putArray("profiles")::add);
    if (subject.kind().equals("Pod")) {
      input.set("hooks", profiles.hooks().asked());
    }
    input.putObject("labels");
    ObjectNode words = input.putObject("said");
    said.forEach((key, value) -> words.put(key, cut(value)));
    input.putArray("problems");
    input.set("contract", ContractFacts.of(reading.effective()));
    input.putNull("waiver");
    PodFacts.containers(input, subject.containers());
    PodFacts.volumes(input, subject.pod(), subject.claimTemplates());
    return input;
  }

  private static String cut(String value) {
    return value.length() <= 128 ? value : value.substring(0, 128);
  }
}
