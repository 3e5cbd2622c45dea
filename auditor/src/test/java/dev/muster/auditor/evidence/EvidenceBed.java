package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A cluster with claims, and the objects of one tool in it.
final class EvidenceBed {
  static final ObjectMapper JSON = new ObjectMapper();
  static final ObjectName DATA = ObjectName.in("shop", "data-db-0");
  static final ObjectName CACHE = ObjectName.in("shop", "data-cache-0");
  static final ObjectName DOCS = ObjectName.in("shop", "docs-files-0");
  static final ObjectName LEDGER = ObjectName.in("bank", "ledger");
  static final Configuration.Evidence NAMES =
      ConfigurationReader.read("muster.yaml", "{}").evidence();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-04T00:00:00Z"));

  /// Read once: some tests look at it ten thousand times.
  private static final List<JsonNode> CLUSTER = objects();

  final FakeCluster cluster = new FakeCluster(CLOCK);
  private final Configuration.Evidence names;

  EvidenceBed() {
    this(NAMES);
  }

  EvidenceBed(Configuration.Evidence names) {
    this.names = names;
  }

  static ObjectName db(String claim) {
    return ObjectName.in("dbs", claim);
  }

  /// What is found with the objects of a file.
  Findings read(String file) {
    serve(documents(file));
    return found();
  }

  void serve(List<JsonNode> documents) {
    Map<GroupVersionResource, List<JsonNode>> objects = new HashMap<>();
    for (JsonNode each : documents) {
      objects.computeIfAbsent(resource(each), added -> new ArrayList<>()).add(each);
    }
    objects.forEach(cluster::plain);
  }

  static List<JsonNode> documents(String file) {
    try (InputStream golden = EvidenceBed.class.getResourceAsStream("/evidence/" + file)) {
      JsonNode all = JSON.valueToTree(Serialization.unmarshal(golden, List.class));
      return all.valueStream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GroupVersionResource resource(JsonNode object) {
    String[] version = object.path("apiVersion").asText().split("/", 2);
    String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
    return new GroupVersionResource(
        version[0],
        version[1],
        kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s");
  }

  Findings found() {
    return found(OtherTools.readers(names));
  }

  Findings found(List<ToolReader> readers) {
    return new OtherTools(cluster, readers, CLOCK).of(inventory());
  }

  List<ToolReader> readers() {
    return OtherTools.readers(names);
  }

  static List<ObjectName> claims() {
    return inventory().rooms().stream()
        .flatMap(room -> room.claims().stream())
        .map(claim -> claim.metadata().objectName())
        .toList();
  }

  private static List<JsonNode> objects() {
    List<JsonNode> objects = documents("cluster.yaml");
    objects.forEach(
        each -> ((ObjectNode) each.path("metadata")).putIfAbsent("uid", each.at("/metadata/name")));
    return objects;
  }

  private static Inventory inventory() {
    Inventory inventory = new Inventory();
    ObjectReader reader = new ObjectReader();
    for (JsonNode each : CLUSTER) {
      Kind kind =
          Kind.of(each.path("apiVersion").asText(), each.path("kind").asText()).orElseThrow();
      inventory.put(reader.read(kind, each));
    }
    return inventory;
  }
}
