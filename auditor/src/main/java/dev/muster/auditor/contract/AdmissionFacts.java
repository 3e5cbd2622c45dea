package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import dev.muster.model.EngineChoice;
import dev.muster.model.Hooks;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Locale;
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
    input.putObject("labels");
    ObjectNode words = input.putObject("said");
    said.forEach((key, value) -> words.put(key, cut(value)));
    input.putArray("problems");
    contract(input.putObject("contract"), reading.effective());
    input.putNull("waiver");
    PodFacts.containers(input, subject.containers());
    PodFacts.volumes(input, subject.pod(), subject.claimTemplates());
    return input;
  }

  private static void contract(ObjectNode into, Contract contract) {
    into.set(
        "protect",
        contract
            .protect()
            .<JsonNode>map(JsonNodeFactory.instance::booleanNode)
            .orElse(JsonNodeFactory.instance.nullNode()));
    into.put("plan", contract.plan().orElse(""));
    into.put("method", contract.method().name().toLowerCase(Locale.ROOT));
    into.put("consistency", contract.consistency().name().toLowerCase(Locale.ROOT));
    into.put("engine", engine(contract.engine()));
    into.put("hooks", hooks(contract.hooks()));
    contract.excludeVolumes().forEach(into.putArray("exclude_volumes")::add);
  }

  private static String engine(EngineChoice choice) {
    return switch (choice) {
      case EngineChoice.Auto() -> "auto";
      case EngineChoice.None() -> "none";
      case EngineChoice.Named(var profile) -> profile;
    };
  }

  private static String hooks(Hooks hooks) {
    return switch (hooks) {
      case Hooks.Profile() -> "profile";
      case Hooks.Off() -> "off";
      case Hooks.Named(var set) -> set;
    };
  }

  private static String cut(String value) {
    return value.length() <= 128 ? value : value.substring(0, 128);
  }
}
