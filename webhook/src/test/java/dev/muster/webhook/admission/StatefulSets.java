package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.model.ContractKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/// StatefulSets as an API server may store them: engines and none, contracts right and wrong,
/// fields that Muster does not know.
public final class StatefulSets extends DomainContextBase {
  private static final List<String> IMAGES =
      List.of(
          "postgres:15",
          "registry.example:5000/team/acme-postgres@sha256:" + "0".repeat(64),
          "mariadb",
          "docker.io/library/redis:7",
          "bitnami/etcd:3",
          "nginx:1.27",
          "prometheuscommunity/postgres-exporter");

  private static final List<String> SAID =
      List.of(
          "true",
          "false",
          "standard",
          "gold",
          "none",
          "auto",
          "dump",
          "24h",
          "H 2 * * *",
          "soon",
          "off",
          "2099-01-01",
          "");

  private static final List<String> FOREIGN =
      List.of("team", "example.com/owner", "a~0.io/x_y", "kubectl.kubernetes.io/restartedAt");

  @Provide
  Arbitrary<ObjectNode> any() {
    return Combinators.combine(
            annotations(),
            containers(),
            Arbitraries.integers().between(0, 2),
            text(40),
            Arbitraries.of("plain", "labelled", "null-annotations"),
            Arbitraries.of("", "minReadySeconds", "ordinals", "revisionHistoryLimit"))
        .as(StatefulSets::object);
  }

  private static Arbitrary<Map<String, String>> annotations() {
    var ours =
        Arbitraries.of(
            Stream.of(ContractKey.values())
                .filter(key -> key != ContractKey.MANAGED)
                .map(ContractKey::annotation)
                .toList());
    var misspelt = Arbitraries.of("muster.dev/plam", "muster.dev/rp0", "muster.dev/x");
    return Arbitraries.maps(
            Arbitraries.oneOf(ours, misspelt, Arbitraries.of(FOREIGN.subList(0, 2))),
            Arbitraries.oneOf(Arbitraries.of(SAID), text(200)))
        .ofMaxSize(6);
  }

  /// Anything that JSON can carry, without NUL and lone halves of surrogates.
  private static Arbitrary<String> text(int most) {
    return Arbitraries.strings()
        .withCharRange('\u0001', '\ud7ff')
        .withCharRange('\ue000', '\ufffd')
        .ofMaxLength(most);
  }

  private static Arbitrary<List<ObjectNode>> containers() {
    return Combinators.combine(
            Arbitraries.of(IMAGES),
            Arbitraries.of("POSTGRES_DB", "MYSQL_ROOT_PASSWORD", "HOME", "PGHOST"),
            Arbitraries.integers().between(1, 65535),
            Arbitraries.of("/var/lib/postgresql/data", "/data", "/bitnami/etcd"))
        .as(Tuple::of)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(StatefulSets::containers);
  }

  private static List<ObjectNode> containers(
      List<Tuple.Tuple4<String, String, Integer, String>> all) {
    var containers = new ArrayList<ObjectNode>();
    for (var each : all) {
      var container = JsonNodeFactory.instance.objectNode();
      container.put("name", "c" + containers.size()).put("image", each.get1());
      container.putArray("env").addObject().put("name", each.get2()).put("value", "v");
      container.putArray("ports").addObject().put("containerPort", each.get3());
      container
          .putArray("volumeMounts")
          .addObject()
          .put("name", "cache")
          .put("mountPath", each.get4());
      containers.add(container);
    }
    return containers;
  }

  private static ObjectNode object(
      Map<String, String> annotations,
      List<ObjectNode> containers,
      int claims,
      String text,
      String shape,
      String field) {
    var object =
        (ObjectNode)
            Reviews.json(
                """
                {"apiVersion":"apps/v1","kind":"StatefulSet","metadata":{"name":"db"},
                 "spec":{"serviceName":"db","selector":{"matchLabels":{"app":"db"}},
                  "template":{"metadata":{"labels":{"app":"db"}},
                   "spec":{"volumes":[{"name":"cache","emptyDir":{}}]}}}}
                """);
    var metadata = object.withObject("/metadata");
    switch (shape) {
      case "labelled" -> metadata.withObject("/labels").put("app", "db");
      case "null-annotations" -> metadata.putNull("annotations");
      default -> metadata.putArray("finalizers");
    }
    if (!annotations.isEmpty()) {
      var all = metadata.putObject("annotations");
      annotations.forEach(all::put);
    }
    var spec = object.withObject("/spec");
    switch (field) {
      case "ordinals" -> spec.putObject("ordinals").put("start", 3);
      case "" -> {}
      default -> spec.put(field, 7);
    }
    var pod = spec.withObject("/template/spec");
    containers.forEach(pod.withArray("/containers")::add);
    containers.getFirst().withArray("/env").addObject().put("name", "T").put("value", text);
    for (int i = 0; i < claims; i++) {
      spec.withArray("/volumeClaimTemplates").add(claim("data" + i));
    }
    return object;
  }

  private static JsonNode claim(String name) {
    return Reviews.json(
        """
        {"metadata":{"name":"%s"},"spec":{"accessModes":["ReadWriteOnce"],
         "resources":{"requests":{"storage":"1Gi"}}}}
        """
            .formatted(name));
  }
}
