package dev.muster.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.http.Response;
import dev.muster.webhook.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An answer with HTTP 200, read as the API server reads it, only more strictly.
///
/// @param patch empty for none
/// @param broken why the review could not be judged
record Answer(
    String uid,
    boolean allowed,
    Optional<Patch> patch,
    List<String> warnings,
    Optional<String> broken) {
  private static final Set<String> FIELDS =
      Set.of("uid", "allowed", "status", "patch", "patchType", "warnings", "auditAnnotations");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]*");

  static Answer of(Response response) {
    holds("application/json".equals(response.headers().get("Content-Type")), "type", response);
    var review = Said.json(response.body()).orElseThrow(() -> broken("no strict JSON", response));
    var answer = review.path("response");
    holds(names(review).equals(Set.of("apiVersion", "kind", "response")), "fields", review);
    holds(text(review, "apiVersion").equals("admission.k8s.io/v1"), "version", review);
    holds(text(review, "kind").equals("AdmissionReview"), "kind", review);
    holds(answer.isObject() && FIELDS.containsAll(names(answer)), "response", answer);
    holds(answer.path("allowed").isBoolean(), "allowed", answer);
    boolean allowed = answer.path("allowed").booleanValue();
    holds(allowed ? !answer.has("status") : denial(answer.path("status")), "status", answer);
    return new Answer(
        text(answer, "uid"),
        allowed,
        patch(answer),
        warnings(answer),
        Optional.ofNullable(audit(answer).get("broken")).map(JsonNode::textValue));
  }

  private static boolean denial(JsonNode status) {
    return status.path("code").asInt() == 403
        && text(status, "status").equals("Failure")
        && text(status, "reason").equals("Forbidden")
        && shown(text(status, "message"), 1100);
  }

  private static Optional<Patch> patch(JsonNode answer) {
    holds(answer.has("patch") == answer.has("patchType"), "patch and its type", answer);
    if (!answer.has("patch")) {
      return Optional.empty();
    }
    holds(text(answer, "patchType").equals("JSONPatch"), "patchType", answer);
    var bytes = Base64.getDecoder().decode(text(answer, "patch"));
    var patch =
        Patch.read(
            Said.json(bytes)
                .orElseThrow(
                    () -> broken("patch", new String(bytes, StandardCharsets.ISO_8859_1))));
    holds(!patch.isEmpty(), "a patch changes something", answer);
    return Optional.of(patch);
  }

  private static List<String> warnings(JsonNode answer) {
    var warnings = answer.path("warnings").valueStream().map(JsonNode::textValue).toList();
    holds(warnings.size() <= 3, "at most three warnings", answer);
    holds(warnings.stream().allMatch(each -> shown(each, 120)), "short ASCII warnings", answer);
    holds(warnings.isEmpty() != answer.has("warnings"), "no empty list", answer);
    return warnings;
  }

  private static JsonNode audit(JsonNode answer) {
    var audit = answer.path("auditAnnotations");
    holds(names(audit).containsAll(Set.of("decision", "bundle")), "audit", answer);
    for (var each : audit.properties()) {
      holds(each.getKey().matches("[a-z]+"), "audit key", answer);
      holds(shown(each.getValue().textValue(), 1000), "audit value", answer);
    }
    return audit;
  }

  /// Whether it is short text for a terminal, and not empty.
  static boolean shown(@Nullable String text, int most) {
    return text != null
        && !text.isEmpty()
        && text.length() <= most
        && PRINTABLE.matcher(text).matches();
  }

  static void holds(boolean property, String name, Object found) {
    holds(property, name, () -> found);
  }

  static void holds(boolean property, String name, Supplier<Object> found) {
    if (!property) {
      throw broken(name, found.get());
    }
  }

  private static AssertionError broken(String name, Object found) {
    return new AssertionError(name + " does not hold: " + found);
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).isTextual() ? json.path(field).textValue() : "";
  }

  private static Set<String> names(JsonNode json) {
    var names = new TreeSet<String>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
