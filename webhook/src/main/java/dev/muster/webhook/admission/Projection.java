package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfiles;
import dev.muster.model.Contract;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.Waiver;
import dev.muster.model.WorkloadRef;
import dev.muster.policies.ContractFacts;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/// Reduces a review to what the policy is asked about: `docs/reference/admission-policy.md`.
final class Projection {
  private static final int VALUE = 128;
  private static final int PROBLEMS = 8;

  private final ContractReader reader;
  private final Configuration configuration;
  private final EngineProfiles profiles;
  private final JsonNode hooks;
  private final Approval approval;

  Projection(Configuration configuration, EngineProfiles profiles) {
    this.reader = new ContractReader(configuration.vocabulary(profiles));
    this.configuration = configuration;
    this.profiles = profiles;
    this.hooks = profiles.hooks().asked();
    this.approval = new Approval(configuration.waivers());
  }

  ObjectNode of(Review review, Stage stage, Level level, LocalDate today) {
    var said = UserKeys.of(review.annotations());
    var reading = read(review, said);
    var input = JsonNodeFactory.instance.objectNode();
    input.put("stage", stage.word());
    input.put("level", level.name().toLowerCase(Locale.ROOT));
    input.put("operation", review.operation());
    input.put("kind", review.kind());
    input.put("namespace", review.namespace());
    input.put("name", review.nameOrPrefix());
    input.put("default_plan", configuration.defaultPlan());
    input.put("velero_hooks", configuration.admission().veleroHooks());
    profiles.names().forEach(input.putArray("profiles")::add);
    if (review.kind().equals("Pod")) {
      input.set("hooks", hooks);
    }
    labels(input.putObject("labels"), review.labels());
    said.forEach((key, value) -> input.withObject("/said").put(key, cut(value)));
    if (said.isEmpty()) {
      input.putObject("said");
    }
    problems(input.putArray("problems"), review, reading);
    input.set("contract", ContractFacts.of(reading.effective()));
    input.set("waiver", waiver(review, reading.effective(), today));
    PodShape.of(review).into(input);
    return input;
  }

  private ContractReading read(Review review, Map<String, String> said) {
    var workload = new WorkloadRef(review.kind(), review.namespace(), review.nameOrPrefix(), "");
    var sources =
        review.kind().equals("PersistentVolumeClaim")
            ? new ContractSources(Map.of(), Map.of(), said)
            : ContractSources.ofWorkload(said);
    return reader.read(workload, sources);
  }

  private static void labels(ObjectNode into, Map<String, String> labels) {
    labels.forEach((key, value) -> {
      if (key.startsWith("app.kubernetes.io/") || key.equals("app")) {
        into.put(key, cut(value));
      }
    });
  }

  private static void problems(ArrayNode into, Review review, ContractReading reading) {
    if (review.kind().equals("Pod")) {
      // A Pod shows only a copy of what its workload was judged by.
      return;
    }
    reading.problems().stream()
        .limit(PROBLEMS)
        .forEach(each ->
            into.addObject()
                .put("key", cut(each.key()))
                .put("message", cut(each.message()))
                .put("allowed", cut(each.allowed())));
  }

  private JsonNode waiver(Review review, Contract contract, LocalDate today) {
    if (contract.waiver().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    Waiver waiver = contract.waiver().get();
    return JsonNodeFactory.instance
        .objectNode()
        .put("owner", cut(waiver.owner()))
        .put("days_left", ChronoUnit.DAYS.between(today, waiver.until()))
        .put("approved", approval.covers(review.namespace(), review.nameOrPrefix(), waiver, today));
  }

  private static String cut(String text) {
    return Beginning.of(text, VALUE);
  }
}
