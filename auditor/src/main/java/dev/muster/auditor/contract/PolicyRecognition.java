package dev.muster.auditor.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReading;
import dev.muster.policies.AdmissionQuestion;
import dev.muster.policies.AdmissionRuling;
import dev.muster.policies.ContainerShape;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyMemo;
import dev.muster.policies.PolicyOutcome;
import dev.muster.policies.RecognitionQuestion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
  private final PolicyMemo<RecognitionQuestion, Answer> recognised;

  /// @param engine empty for none
  /// @param directories where images of the engine keep data
  /// @param recognised in the container that the policy names
  private record Answer(String engine, List<String> directories, Recognised recognised) {
    static final Answer NONE = new Answer("", List.of(), Recognised.NONE);
  }

  public PolicyRecognition(
      PolicyEngine policy,
      Configuration configuration,
      EngineProfiles profiles,
      InstantSource clock) {
    this.policy = policy;
    this.profiles = profiles;
    this.question = new AdmissionQuestion(configuration, profiles);
    this.clock = clock;
    this.recognised =
        new PolicyMemo<>(
            policy, RecognitionQuestion.ENTRYPOINT, RecognitionQuestion::input, this::answer);
  }

  @Override
  public Optional<Engine> recognise(List<ContainerShape> containers, ContractReading reading) {
    return recognised(containers, reading).engine();
  }

  /// The same, also of an engine that no profile knows.
  public Recognised recognised(List<ContainerShape> containers, ContractReading reading) {
    Answer found = answer(containers, reading);
    Optional<String> named = reading.effective().container();
    return named.isEmpty()
        ? found.recognised()
        : recognised(found.engine(), named.get(), found.directories(), containers);
  }

  private Answer answer(RecognitionQuestion asked, JsonNode answer) {
    String engine = answer.path("name").asText("");
    List<String> directories =
        Stream.concat(
                answer.path("directories").valueStream().map(JsonNode::asText),
                profiles.find(engine).map(known -> known.drill().dataDir()).stream())
            .filter(directory -> !directory.isEmpty())
            .toList();
    String container = answer.path("container").asText("");
    return new Answer(
        engine, directories, recognised(engine, container, directories, asked.containers()));
  }

  private Recognised recognised(
      String engine, String container, List<String> directories, List<ContainerShape> containers) {
    if (engine.isEmpty() || containers.stream().noneMatch(each -> each.name().equals(container))) {
      return Recognised.NONE;
    }
    return new Recognised(
        engine,
        container,
        DataDirectory.volumes(container, directories, containers),
        profiles.find(engine).map(profile -> new Engine(profile, container)));
  }

  /// Workloads that look alike are one question.
  private Answer answer(List<ContainerShape> containers, ContractReading reading) {
    var asked = new RecognitionQuestion(containers, reading.effective().engine());
    return recognised
        .begin()
        .of(
            asked,
            reason -> {
              log.error("the policy recognises no engine: {}", reason);
              return Answer.NONE;
            });
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
