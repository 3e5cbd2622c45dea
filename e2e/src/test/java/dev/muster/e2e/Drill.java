package dev.muster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A drill that a test asked for by annotation, followed in the evidence alone.
final class Drill {

  private final Node node;
  private final Tenant tenant;
  private final String value;

  /// Statements never change: each is read once.
  private final Set<String> read = new HashSet<>();

  private Drill(Node node, Tenant tenant, String value) {
    this.node = node;
    this.tenant = tenant;
    this.value = value;
  }

  static Drill ask(Node node, Tenant tenant) {
    String value = UUID.randomUUID().toString();
    tenant.annotate("statefulset/db", "muster.dev/drill-run=" + value);
    return new Drill(node, tenant, value);
  }

  /// What the signed statement says of it.
  JsonNode outcome() {
    return await("drill " + value + " of " + tenant.namespace)
        .atMost(Duration.ofMinutes(6))
        .pollInterval(Duration.ofSeconds(1))
        .until(this::statement, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<JsonNode> statement() {
    return node.store().list("evidence/").stream()
        .filter(key -> key.endsWith(".dsse.json"))
        .filter(read::add)
        .map(key -> predicate(node.store().stored(key)))
        .filter(predicate -> predicate.path("namespace").asText().equals(tenant.namespace))
        .filter(predicate -> predicate.path("cause").asText().contains(value))
        .findFirst();
  }

  private static JsonNode predicate(JsonNode envelope) {
    byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
    JsonNode statement = Kubectl.tree(new String(payload, UTF_8));
    return statement.at("/predicate/result");
  }
}
