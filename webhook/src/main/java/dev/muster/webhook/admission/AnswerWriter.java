package dev.muster.webhook.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Encodes answers as AdmissionReview of `admission.k8s.io/v1`.
public final class AnswerWriter {
  static final int MAX_WARNINGS = 3;
  static final int MAX_WARNING = 120;
  private static final String PREFIX = "muster: ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// @param bundle digest of the policy that was asked
  public byte[] write(String uid, String decision, String bundle, Outcome outcome) {
    var response = JsonNodeFactory.instance.objectNode().put("uid", uid);
    var audit =
        JsonNodeFactory.instance.objectNode().put("decision", decision).put("bundle", bundle);
    switch (outcome) {
      case Outcome.Decided decided -> decided(response, audit, decided);
      case Outcome.NotApplicable passed -> {
        response.put("allowed", true);
        audit.put("passed", passed.reason());
      }
      case Outcome.Broken broken -> {
        response.put("allowed", true);
        audit.put("broken", Printable.of(broken.reason(), 200));
        warnings(
            response,
            List.of(
                "admitted unchanged, could not be judged: %s; see decision %s in the webhook's log"
                    .formatted(broken.reason(), decision)));
      }
    }
    response.set("auditAnnotations", audit);
    return bytes(
        JsonNodeFactory.instance
            .objectNode()
            .put("apiVersion", "admission.k8s.io/v1")
            .put("kind", "AdmissionReview")
            .set("response", response));
  }

  private static void decided(ObjectNode response, ObjectNode audit, Outcome.Decided decided) {
    response.put("allowed", decided.denial().isEmpty());
    decided
        .denial()
        .ifPresent(message ->
            response
                .putObject("status")
                .put("status", "Failure")
                .put("code", 403)
                .put("reason", "Forbidden")
                .put("message", PREFIX + Printable.of(message, 1000)));
    if (!decided.patch().isEmpty()) {
      response.put("patchType", "JSONPatch");
      response.put("patch", Base64.getEncoder().encodeToString(bytes(decided.patch().json())));
    }
    warnings(response, decided.warnings());
    if (!decided.rules().isEmpty()) {
      audit.put("rules", String.join(",", decided.rules()));
    }
  }

  private static void warnings(ObjectNode response, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    var warnings = response.putArray("warnings");
    boolean all = texts.size() <= MAX_WARNINGS;
    texts.stream()
        .limit(all ? MAX_WARNINGS : MAX_WARNINGS - 1)
        .forEach(each -> warnings.add(Printable.of(PREFIX + each, MAX_WARNING)));
    if (!all) {
      int more = texts.size() - MAX_WARNINGS + 1;
      warnings.add(PREFIX + more + " more problems: correct these first");
    }
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be encoded", e);
    }
  }
}
