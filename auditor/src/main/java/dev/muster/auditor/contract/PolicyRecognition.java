package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReading;
import dev.muster.policies.AdmissionRuling;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the same policy as the admission webhook, so that both see one engine and one truth.
public final class PolicyRecognition implements EngineRecognition {

  private static final Logger log = LoggerFactory.getLogger(PolicyRecognition.class);
  private static final String ENTRYPOINT = "muster/admission";

  private final PolicyEngine policy;
  private final EngineProfiles profiles;
  private final AdmissionFacts facts;

  public PolicyRecognition(
      PolicyEngine policy, Configuration configuration, EngineProfiles profiles) {
    this.policy = policy;
    this.profiles = profiles;
    this.facts = new AdmissionFacts(configuration, profiles);
  }

  @Override
  public Optional<Engine> recognise(Workload workload, ContractReading reading) {
    List<Container> containers = workload.template().getSpec().getContainers();
    Optional<String> engine = engineOf(workload, containers, reading);
    Optional<EngineProfile> profile = engine.flatMap(profiles::find);
    return profile.flatMap(found ->
        container(workload, containers, reading, found.name())
            .map(container -> new Engine(found, container)));
  }

  /// What the policy would set on a workload, by key; empty where it cannot say.
  public Optional<Map<String, String>> wanted(
      Workload workload, Map<String, String> said, ContractReading reading) {
    String about = workload.toString();
    return ask(facts.of(subject(workload), said, reading), about)
        .flatMap(answer -> settings(answer, about));
  }

  /// What the policy would set on a Pod of a workload, by key; empty where it cannot say.
  public Optional<Map<String, String>> wanted(
      Pod pod, Map<String, String> said, ContractReading reading) {
    var subject =
        new AdmissionFacts.Subject(
            "Pod",
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            pod.getSpec(),
            pod.getSpec().getContainers(),
            List.of());
    String about = "Pod " + pod.getMetadata().getName();
    return ask(facts.of(subject, said, reading), about).flatMap(answer -> settings(answer, about));
  }

  private static AdmissionFacts.Subject subject(Workload workload) {
    return new AdmissionFacts.Subject(
        workload.ref().kind(),
        workload.ref().namespace(),
        workload.ref().name(),
        workload.template().getSpec(),
        workload.template().getSpec().getContainers(),
        workload.claimTemplates());
  }

  private Optional<String> engineOf(
      Workload workload, List<Container> containers, ContractReading reading) {
    var subject =
        new AdmissionFacts.Subject(
            "StatefulSet",
            workload.ref().namespace(),
            workload.ref().name(),
            workload.template().getSpec(),
            containers,
            workload.claimTemplates());
    return ask(facts.of(subject, Map.of(), reading), workload.toString())
        .map(answer -> answer.path("engine").asText(""))
        .filter(engine -> !engine.isEmpty());
  }

  /// The container that the contract names, the only one, or the one that alone shows the engine.
  private Optional<String> container(
      Workload workload, List<Container> containers, ContractReading reading, String engine) {
    Optional<String> named = reading.effective().container();
    if (named.isPresent()) {
      return named.filter(n -> containers.stream().anyMatch(c -> c.getName().equals(n)));
    }
    if (containers.size() == 1) {
      return Optional.of(containers.getFirst().getName());
    }
    ContractReading open =
        new ContractReading(Undecided.of(reading.effective()), List.of(), Map.of());
    return containers.stream()
        .filter(c -> engineOf(workload, List.of(c), open).equals(Optional.of(engine)))
        .map(Container::getName)
        .findFirst();
  }

  private Optional<JsonNode> ask(JsonNode input, String about) {
    return switch (policy.evaluate(ENTRYPOINT, input)) {
      case PolicyOutcome.Decided(var answer) -> Optional.of(answer);
      case PolicyOutcome.Broken(var reason) -> {
        log.error("the policy cannot judge {}: {}", about, reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<Map<String, String>> settings(JsonNode answer, String about) {
    Map<String, String> wanted = new TreeMap<>();
    try {
      AdmissionRuling.read(answer, profiles.hooks()::command)
          .set()
          .forEach(each -> wanted.put(each.key(), each.value()));
      return Optional.of(wanted);
    } catch (IllegalArgumentException e) {
      log.error("the policy cannot judge {}: {}", about, e.getMessage());
      return Optional.empty();
    }
  }
}
