package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReading;
import dev.muster.policies.AdmissionQuestion;
import dev.muster.policies.AdmissionRuling;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
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

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PolicyEngine policy;
  private final EngineProfiles profiles;
  private final AdmissionQuestion question;
  private final InstantSource clock;

  public PolicyRecognition(
      PolicyEngine policy,
      Configuration configuration,
      EngineProfiles profiles,
      InstantSource clock) {
    this.policy = policy;
    this.profiles = profiles;
    this.question = new AdmissionQuestion(configuration, profiles);
    this.clock = clock;
  }

  @Override
  public Optional<Engine> recognise(Workload workload, ContractReading reading) {
    List<Container> containers = workload.template().getSpec().getContainers();
    Optional<String> engine = engineOf(workload, json(workload.object()), reading);
    Optional<EngineProfile> profile = engine.flatMap(profiles::find);
    return profile.flatMap(found ->
        container(workload, containers, reading, found.name())
            .map(container -> new Engine(found, container)));
  }

  /// What the policy would set on a StatefulSet, by key; empty where it cannot say.
  public Optional<Map<String, String>> wanted(
      Workload set, Level level, Map<String, String> said, ContractReading reading) {
    return wanted(about(set, level, json(set.object()), said, reading));
  }

  /// What the policy would set on a Pod of a workload, by key; empty where it cannot say.
  public Optional<Map<String, String>> wanted(
      Pod pod, Level level, Map<String, String> said, ContractReading reading) {
    return wanted(
        new AdmissionQuestion.About(
            "mutate",
            level,
            "CREATE",
            "Pod",
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getName(),
            json(pod),
            said,
            reading));
  }

  private static AdmissionQuestion.About about(
      Workload workload,
      Level level,
      JsonNode object,
      Map<String, String> said,
      ContractReading reading) {
    return new AdmissionQuestion.About(
        "mutate",
        level,
        "CREATE",
        "StatefulSet",
        workload.ref().namespace(),
        workload.ref().name(),
        object,
        said,
        reading);
  }

  private static JsonNode json(HasMetadata object) {
    return JSON.valueToTree(object);
  }

  /// What one container shows by itself: the labels speak for all.
  private Optional<String> engineOf(
      Workload workload, Container container, ContractReading reading) {
    var object = (ObjectNode) json(workload.object());
    object.withObject("/metadata").remove("labels");
    object
        .withObject("/spec/template/spec")
        .putArray("containers")
        .add(JSON.<JsonNode>valueToTree(container));
    return engineOf(workload, object, reading);
  }

  /// Of a workload of any kind.
  private Optional<String> engineOf(Workload workload, JsonNode object, ContractReading reading) {
    return ask(about(workload, Level.WARN, object, Map.of(), reading))
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
        .filter(c -> engineOf(workload, c, open).equals(Optional.of(engine)))
        .map(Container::getName)
        .findFirst();
  }

  private Optional<Map<String, String>> wanted(AdmissionQuestion.About about) {
    return ask(about).flatMap(answer -> settings(answer, about));
  }

  private Optional<JsonNode> ask(AdmissionQuestion.About about) {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return switch (policy.evaluate(ENTRYPOINT, question.of(about, today))) {
      case PolicyOutcome.Decided(var answer) -> Optional.of(answer);
      case PolicyOutcome.Broken(var reason) -> {
        unjudged(about, reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<Map<String, String>> settings(JsonNode answer, AdmissionQuestion.About about) {
    Map<String, String> wanted = new TreeMap<>();
    try {
      AdmissionRuling.read(answer, about.kind(), profiles.hooks()::command)
          .set()
          .forEach(each -> wanted.put(each.key(), each.value()));
      return Optional.of(wanted);
    } catch (IllegalArgumentException e) {
      unjudged(about, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void unjudged(AdmissionQuestion.About about, String reason) {
    log.error(
        "the policy cannot judge {} {}/{}: {}",
        about.kind(),
        about.namespace(),
        about.name(),
        reason);
  }
}
