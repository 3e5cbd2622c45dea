package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfiles;
import dev.muster.model.Beginning;
import dev.muster.model.Contract;
import dev.muster.model.ContractReading;
import dev.muster.model.Waiver;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// What the policy `muster/admission` is asked about an object, the same at admission and when the
/// auditor heals: `docs/reference/admission-policy.md`.
public final class AdmissionQuestion {
  private static final int VALUE = 128;
  private static final int PROBLEMS = 8;

  private final Configuration configuration;
  private final EngineProfiles profiles;
  private final JsonNode hooks;
  private final WaiverApproval approval;

  public AdmissionQuestion(Configuration configuration, EngineProfiles profiles) {
    this.configuration = configuration;
    this.profiles = profiles;
    this.hooks = profiles.hooks().asked();
    this.approval = new WaiverApproval(configuration.waivers());
  }

  /// @param stage `mutate` or `validate`
  /// @param kind StatefulSet also for another workload with a Pod's template
  /// @param name or what it will begin with
  /// @param object as the API server shows it
  /// @param said annotations of the contract that people wrote
  /// @param reading what these mean
  public record About(
      String stage,
      Level level,
      String operation,
      String kind,
      String namespace,
      String name,
      JsonNode object,
      Map<String, String> said,
      ContractReading reading) {

    private boolean pod() {
      return kind.equals("Pod");
    }
  }

  /// @param today for waivers, which run out
  public ObjectNode of(About about, LocalDate today) {
    var contract = about.reading().effective();
    var input = JsonNodeFactory.instance.objectNode();
    input.put("stage", about.stage());
    input.put("level", about.level().word());
    input.put("operation", about.operation());
    input.put("kind", about.kind());
    input.put("namespace", about.namespace());
    input.put("name", about.name());
    input.put("default_plan", configuration.defaultPlan());
    input.put("velero_hooks", configuration.admission().veleroHooks());
    profiles.names().forEach(input.putArray("profiles")::add);
    if (about.pod()) {
      input.set("hooks", hooks);
    }
    labels(input.putObject("labels"), about.object().path("metadata").path("labels"));
    var said = input.putObject("said");
    about.said().forEach((key, value) -> said.put(key, cut(value)));
    problems(input.putArray("problems"), about);
    input.set("contract", ContractFacts.of(contract));
    input.set("waiver", waiver(about, contract, today));
    PodShape.of(about.kind(), about.object()).into(input);
    return input;
  }

  private static void labels(ObjectNode into, JsonNode labels) {
    for (var each : labels.properties()) {
      var key = each.getKey();
      if (each.getValue().isTextual()
          && (key.startsWith("app.kubernetes.io/") || key.equals("app"))) {
        into.put(key, cut(each.getValue().textValue()));
      }
    }
  }

  private static void problems(ArrayNode into, About about) {
    if (about.pod()) {
      // A Pod shows only a copy of what its workload was judged by.
      return;
    }
    about.reading().problems().stream()
        .limit(PROBLEMS)
        .forEach(each ->
            into.addObject()
                .put("key", cut(each.key()))
                .put("message", cut(each.message()))
                .put("allowed", cut(each.allowed())));
  }

  private JsonNode waiver(About about, Contract contract, LocalDate today) {
    if (contract.waiver().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    Waiver waiver = contract.waiver().get();
    return JsonNodeFactory.instance
        .objectNode()
        .put("owner", cut(waiver.owner()))
        .put("days_left", ChronoUnit.DAYS.between(today, waiver.until()))
        .put("approved", approval.covers(about.namespace(), about.name(), waiver, today));
  }

  private static String cut(String text) {
    return Beginning.of(text, VALUE);
  }
}
