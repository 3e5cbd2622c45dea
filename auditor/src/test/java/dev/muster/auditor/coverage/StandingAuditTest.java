package dev.muster.auditor.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.Policies;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.inventory.Facts;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.ObjectName;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What changed is judged as everything would be.
class StandingAuditTest {
  private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
      new com.fasterxml.jackson.databind.ObjectMapper();
  private static final long SEED = 7;

  private final Random random = new Random(SEED);
  private final ObjectReader reader = new ObjectReader();
  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-30T00:00:00Z"));
  private final Coverage coverage =
      Coverage.ahead(Policies.CONFIGURATION, Policies.PROFILES, Policies.ENGINE, clock);

  private final Findings others = Findings.none();

  private record Key(Kind kind, ObjectName name) {}

  @Test
  void anyChangesGiveTheReportOfALookAtEverything() throws Exception {
    for (String namespace : List.of("", "ns1", "elsewhere")) {
      others.add(new Found.Database(OutsideDatabasesTest.database(namespace, "orders")));
    }
    Map<Key, Facts> objects = new HashMap<>();
    StandingAudit standing = new StandingAudit(coverage, new Inventory());
    standing.again(others);
    int seen = 0;
    for (int step = 0; step < 300; step++) {
      change(objects, standing);
      CoverageReport report = standing.report();
      seen += report.volumes().size();
      assertThat(report).as("seed %s, step %s", SEED, step).isEqualTo(fresh(objects));
    }
    assertThat(seen).as("volumes in all reports").isGreaterThan(1000);
  }

  private CoverageReport fresh(Map<Key, Facts> objects) {
    Inventory inventory = new Inventory();
    objects.values().forEach(inventory::put);
    return coverage.report(inventory, others);
  }

  private void change(Map<Key, Facts> objects, StandingAudit standing) throws IOException {
    String namespace = "ns" + random.nextInt(3);
    int number = random.nextInt(3);
    Facts facts =
        switch (random.nextInt(6)) {
          case 0 -> read(Kind.NAMESPACE, namespace, null, "{}");
          case 1 ->
              read(
                  Kind.CLAIM,
                  "data-db-" + number,
                  namespace,
                  "{\"volumeName\": \"pv" + number + "\"}");
          case 2 -> read(Kind.POD, "pod" + number, namespace, volumes("files" + number));
          case 3 ->
              read(
                  Kind.VOLUME,
                  "pv" + number,
                  null,
                  "{\"claimRef\": {\"namespace\": \"%s\", \"name\": \"data-db-%d\"}}"
                      .formatted(random.nextInt(4) == 0 ? "" : namespace, number));
          case 4 ->
              read(Kind.SERVICE, "svc" + number, namespace, "{\"externalName\": \"x.sql.goog\"}");
          default ->
              read(
                  Kind.STATEFUL_SET,
                  random.nextBoolean() ? "db" : "other",
                  namespace,
                  """
                  {"replicas": %d, "template": {"spec": %s},
                   "volumeClaimTemplates": [{"metadata": {"name": "data"}}]}
                  """
                      .formatted(number, volumes("data-db-1")));
        };
    Key key = new Key(kind(facts), facts.metadata().objectName());
    if (random.nextInt(3) == 0) {
      objects.remove(key);
      standing.remove(key.kind(), key.name());
    } else {
      objects.put(key, facts);
      standing.put(facts);
    }
  }

  private Facts read(
      Kind kind, String name, @org.jspecify.annotations.Nullable String namespace, String spec)
      throws IOException {
    var object = JSON.createObjectNode();
    var metadata = object.putObject("metadata").put("name", name);
    if (namespace != null) {
      metadata.put("namespace", namespace);
    }
    String protect = List.of("true", "false", "perhaps").get(random.nextInt(3));
    if (kind != Kind.POD && random.nextBoolean()) {
      metadata.putObject("annotations").put("muster.dev/protect", protect);
    }
    object.set("spec", JSON.readTree(spec));
    return reader.read(kind, object);
  }

  private static String volumes(String claim) {
    return """
    {"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "%s"}}],
     "containers": [{"name": "c", "image": "postgres"}]}
    """
        .formatted(claim);
  }

  private static Kind kind(Facts facts) {
    return switch (facts) {
      case dev.muster.auditor.inventory.NamespaceFacts n -> Kind.NAMESPACE;
      case dev.muster.auditor.inventory.ClaimFacts c -> Kind.CLAIM;
      case dev.muster.auditor.inventory.PodFacts p -> Kind.POD;
      case dev.muster.auditor.inventory.WorkloadFacts w -> Kind.STATEFUL_SET;
      case dev.muster.auditor.inventory.VolumeFacts v -> Kind.VOLUME;
      case dev.muster.auditor.inventory.ServiceFacts s -> Kind.SERVICE;
    };
  }
}
