package dev.muster.webhook.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/// Builds reviews for tests, from the least that a real one has.
public final class Reviews {
  static final ObjectMapper JSON = new ObjectMapper();

  private Reviews() {}

  public static Configuration configuration() {
    return ConfigurationReader.read(
        "test",
        """
        namespace: muster
        plans: { standard: { schedule: "H 2 * * *" }, gold: { schedule: "H 1 * * *" } }
        admission: { restore-users: ["system:serviceaccount:velero:velero", restorers] }
        waivers: { max-days: 90, approved: ["shop/cache-*"] }
        """);
  }

  public static ObjectNode statefulSet(Map<String, String> annotations) {
    var object =
        (ObjectNode)
            json(
                """
                {"apiVersion":"apps/v1","kind":"StatefulSet",
                 "metadata":{"name":"db","namespace":"shop"},
                 "spec":{"futureField":{"x":[1,2,3.5]},"template":{"spec":{"containers":[
                   {"name":"db","image":"registry.example/library/postgres:15",
                    "ports":[{"containerPort":5432}],"env":[{"name":"POSTGRES_DB","value":"shop"}],
                    "volumeMounts":[{"name":"data","mountPath":"/var/lib/postgresql/data"}]}]}},
                  "volumeClaimTemplates":[{"metadata":{"name":"data"}}]}}
                """);
    annotate(object, annotations);
    return object;
  }

  static ObjectNode pod(Map<String, String> annotations) {
    var object =
        (ObjectNode)
            json(
                """
                {"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"db-","namespace":"shop"},
                 "spec":{"containers":[{"name":"db","image":"postgres:15"}],
                  "volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"data-db-0"}}]}}
                """);
    annotate(object, annotations);
    return object;
  }

  static ObjectNode claim(Map<String, String> annotations) {
    var object =
        (ObjectNode)
            json(
                """
                {"apiVersion":"v1","kind":"PersistentVolumeClaim",
                 "metadata":{"name":"data-db-0","namespace":"shop"},"spec":{}}
                """);
    annotate(object, annotations);
    return object;
  }

  static void annotate(ObjectNode object, Map<String, String> annotations) {
    annotations.forEach(object.withObject("/metadata").withObject("/annotations")::put);
  }

  /// The body of a CREATE of `object`, changed by `change` on the request.
  public static byte[] body(JsonNode object, Consumer<ObjectNode> change) {
    var kind = object.path("kind").asText();
    var review =
        (ObjectNode) json("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}");
    var request = review.putObject("request");
    request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002");
    request
        .putObject("kind")
        .put("group", kind.equals("StatefulSet") ? "apps" : "")
        .put("version", "v1")
        .put("kind", kind);
    request.put("operation", "CREATE");
    request.put("namespace", "shop");
    request.put("name", object.path("metadata").path("name").asText(""));
    request
        .putObject("userInfo")
        .put("username", "anna")
        .putArray("groups")
        .add("system:authenticated");
    request.set("object", object);
    request.putNull("oldObject");
    change.accept(request);
    return review.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Review of(JsonNode object, Consumer<ObjectNode> change) {
    return ((Received.Readable) new ReviewReader().read(body(object, change))).review();
  }

  static Review create(JsonNode object) {
    return of(object, request -> {});
  }

  static Review update(JsonNode old, JsonNode object) {
    return of(object, request -> request.put("operation", "UPDATE").set("oldObject", old));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
