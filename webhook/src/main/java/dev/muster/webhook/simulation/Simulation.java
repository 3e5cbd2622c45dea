package dev.muster.webhook.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration.Level;
import dev.muster.model.ContractKey;
import dev.muster.model.Managed;
import dev.muster.policies.PolicyOutcome;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Outcome;
import dev.muster.webhook.admission.Received;
import dev.muster.webhook.admission.Review;
import dev.muster.webhook.admission.ReviewReader;
import dev.muster.webhook.admission.Stage;
import dev.muster.webhook.patch.Applied;
import dev.muster.webhook.patch.Operation;
import dev.muster.webhook.patch.Patch;
import dev.muster.webhook.simulation.Simulated.Decision;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sends objects through both stages of admission, as the API server would: the mutating one, and
/// with its result the validating one. Talks to nobody.
public final class Simulation {
  private final Admission admission;
  private final LocalDate today;
  private final ReviewReader reader = new ReviewReader();

  /// @param today for waivers, which run out
  public Simulation(Admission admission, LocalDate today) {
    this.admission = admission;
    this.today = today;
  }

  /// As if the object were created in its namespace, which has this level.
  public Simulated create(JsonNode object, Level level) {
    return simulate(object, level, "CREATE");
  }

  /// As if somebody applied the object again, unchanged.
  public Simulated update(JsonNode object, Level level) {
    return simulate(object, level, "UPDATE");
  }

  /// Throws IllegalArgumentException for what is no object of Kubernetes.
  public Explanation explain(JsonNode object, Level level) {
    JsonNode bare = withoutManaged(object);
    if (!(reader.read(body(bare, "CREATE")) instanceof Received.Readable(Review review))) {
      throw new IllegalArgumentException("no object of Kubernetes: " + name(object));
    }
    ObjectNode asked = admission.asked(review, Stage.MUTATE, level, today);
    JsonNode answered =
        switch (admission.answered(asked)) {
          case PolicyOutcome.Decided(JsonNode value) -> value;
          case PolicyOutcome.Broken(String reason) ->
              JsonNodeFactory.instance.objectNode().put("broken", reason);
        };
    return new Explanation(create(bare, level), admission.policyDigest(), asked, answered);
  }

  private static JsonNode withoutManaged(JsonNode object) {
    JsonNode copy = object.deepCopy();
    if (copy.at("/metadata/annotations") instanceof ObjectNode annotations) {
      String said = annotations.path(ContractKey.MANAGED.annotation()).asText("");
      Managed managed = Managed.parse(said);
      managed.digests().keySet().stream()
          .filter(key -> managed.wrote(key, annotations.path(key).asText("")))
          .forEach(annotations::remove);
      annotations.remove(ContractKey.MANAGED.annotation());
    }
    return copy;
  }

  private Simulated simulate(JsonNode object, Level level, String operation) {
    if (level == Level.AUDIT) {
      return simulated(object, Decision.PASSED, "namespace is only audited");
    }
    return switch (judged(object, Stage.MUTATE, level, operation)) {
      case Outcome.NotApplicable passed -> simulated(object, Decision.PASSED, passed.reason());
      case Outcome.Broken broken -> simulated(object, Decision.BROKEN, broken.reason());
      case Outcome.Decided mutated -> validate(object, mutated, level, operation);
    };
  }

  private Simulated validate(
      JsonNode object, Outcome.Decided mutated, Level level, String operation) {
    if (!(mutated.patch().apply(object) instanceof Applied.To(JsonNode patched))) {
      return simulated(object, Decision.BROKEN, "the patch does not apply");
    }
    return switch (judged(patched, Stage.VALIDATE, level, operation)) {
      case Outcome.Broken broken -> simulated(object, Decision.BROKEN, broken.reason());
      case Outcome.NotApplicable passed -> decided(object, mutated, patched, Optional.empty());
      case Outcome.Decided validated -> decided(object, mutated, patched, validated.denial());
    };
  }

  private static Simulated decided(
      JsonNode object, Outcome.Decided mutated, JsonNode patched, Optional<String> denial) {
    Decision judged = mutated.patch().isEmpty() ? Decision.UNCHANGED : Decision.PATCHED;
    return new Simulated(
        text(object, "namespace"),
        object.path("kind").asText(""),
        name(object),
        denial.isPresent() ? Decision.DENIED : judged,
        set(mutated.patch()),
        mutated.warnings(),
        mutated.rules(),
        denial.orElse(""),
        "",
        !patched.at("/spec/template").equals(object.at("/spec/template")));
  }

  private Outcome judged(JsonNode object, Stage stage, Level level, String operation) {
    return switch (reader.read(body(object, operation))) {
      case Received.Readable(Review review) -> admission.review(review, stage, level, today);
      case Received.Doubtful(_, String reason) -> new Outcome.Broken(reason);
      case Received.Unreadable(String reason) -> new Outcome.Broken(reason);
    };
  }

  private static byte[] body(JsonNode object, String operation) {
    var version = object.path("apiVersion").asText("");
    var slash = version.indexOf('/');
    var review =
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "admission.k8s.io/v1")
            .put("kind", "AdmissionReview");
    ObjectNode request = review.putObject("request");
    request
        .put("uid", "simulation")
        .put("operation", operation)
        .put("namespace", text(object, "namespace"))
        .put("name", text(object, "name"))
        .put("dryRun", true);
    request
        .putObject("kind")
        .put("group", slash < 0 ? "" : version.substring(0, slash))
        .put("version", version.substring(slash + 1))
        .put("kind", object.path("kind").asText(""));
    request.putObject("userInfo").put("username", "simulation").putArray("groups");
    request.set("object", object);
    request.set(
        "oldObject", operation.equals("UPDATE") ? object : JsonNodeFactory.instance.nullNode());
    return review.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> set(Patch patch) {
    var set = new TreeMap<String, String>();
    for (Operation each : patch.operations()) {
      if (each instanceof Operation.Add(var path, JsonNode value) && value.isTextual()) {
        set.put(path.tokens().getLast(), value.textValue());
      }
    }
    return set;
  }

  private static Simulated simulated(JsonNode object, Decision decision, String reason) {
    return new Simulated(
        text(object, "namespace"),
        object.path("kind").asText(""),
        name(object),
        decision,
        Map.of(),
        List.of(),
        List.of(),
        "",
        reason,
        false);
  }

  private static String name(JsonNode object) {
    var name = text(object, "name");
    return name.isEmpty() ? text(object, "generateName") : name;
  }

  private static String text(JsonNode object, String field) {
    return object.path("metadata").path(field).asText("");
  }
}
