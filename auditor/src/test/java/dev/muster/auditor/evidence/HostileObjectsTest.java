package dev.muster.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.cluster.ObjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each field of each golden object, taken away or made something else.
class HostileObjectsTest {
  private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

  /// Fields that take a point back, or date it later: without them it was never taken back.
  private static final Set<String> TAKING_BACK =
      Set.of(
          "artifacts", // of Kanister's `delete`
          "backupMethod",
          "backupRetentionPeriod",
          "dbInstanceStatus",
          "dbiResourceID",
          "deletionTimestamp",
          "expiration",
          "filters",
          "func",
          "integrity",
          "method",
          "originalSnapshotCreateTime",
          "replsetNames",
          "scheduledTime",
          "schedule",
          "snapshotDatabaseTime",
          "velero.io/backup-uid",
          "verificationStatus");

  /// What holds such fields, or tells what they are about.
  private static final Set<String> HOLDING =
      Set.of("actions", "backupParameters", "metadata", "name", "spec", "status");

  private static final Map<String, UnaryOperator<JsonNode>> CHANGES =
      Map.of(
          "gone", was -> NEW.missingNode(),
          "null", was -> NEW.nullNode(),
          "a number", was -> NEW.numberNode(7),
          "true", was -> NEW.booleanNode(true),
          "a text", was -> NEW.textNode("x"),
          "empty", was -> NEW.textNode(""),
          "a list", was -> NEW.arrayNode().add(was),
          "a mapping", was -> NEW.objectNode().set("x", was));

  private record Spot(List<Object> path) {
    /// Of the field, or of the list that it is in.
    String name() {
      return path.reversed().stream()
          .filter(String.class::isInstance)
          .findFirst()
          .orElseThrow()
          .toString();
    }

    boolean takesBack() {
      return path.stream().anyMatch(step -> TAKING_BACK.contains(step.toString()))
          || HOLDING.contains(name());
    }
  }

  private static final ObjectName DATABASE = ObjectName.global("database");

  private record Said(ObjectName claim, ForeignPoint point) {
    /// What is less sure may be found instead.
    Said bound() {
      return new Said(claim, point.ofWhatIsThere());
    }
  }

  static Stream<String> goldens() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/evidence"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("cluster.yaml") && !file.endsWith("-real.yaml"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void noReaderFailsAndNoneFindsMoreThanWasSaid(String file) {
    List<JsonNode> documents = EvidenceBed.documents(file);
    Set<Said> said = points(found(documents));

    for (int i = 0; i < documents.size(); i++) {
      for (Spot spot : spots(documents.get(i))) {
        for (var change : CHANGES.entrySet()) {
          List<JsonNode> changed = new ArrayList<>(documents);
          changed.set(i, with(documents.get(i), spot, change.getValue()));
          Findings found = found(changed);

          assertThat(found.gaps()).as("%s %s %s", i, spot, change.getKey()).isEmpty();
          if (!spot.takesBack()) {
            assertThat(points(found))
                .as("%s %s is %s", i, spot, change.getKey())
                .allMatch(point -> said.contains(point) || said.contains(point.bound()));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void textsOfAnyLengthAreReadAndNotPassedOn(String file) {
    JsonNode vast = NEW.textNode("db-0.x ".repeat(1 << 20));
    List<JsonNode> documents = EvidenceBed.documents(file);
    for (int i = 0; i < documents.size(); i++) {
      for (Spot spot : spots(documents.get(i))) {
        if (spot.name().equals("kind") || spot.name().equals("apiVersion")) {
          continue;
        }
        List<JsonNode> changed = new ArrayList<>(documents);
        changed.set(i, with(documents.get(i), spot, was -> vast));
        Findings found = found(changed);

        assertThat(found.gaps()).isEmpty();
        for (ObjectName claim : EvidenceBed.claims()) {
          assertThat(
                  found.of(claim).lastFailure().map(failure -> failure.detail().length()).orElse(0))
              .isLessThanOrEqualTo(1000);
        }
        assertThat(databases(found))
            .allSatisfy(database ->
                assertThat(database.engine() + database.phase() + database.size())
                    .hasSizeLessThanOrEqualTo(1000));
      }
    }
  }

  private static Findings found(List<JsonNode> documents) {
    EvidenceBed bed = new EvidenceBed();
    bed.serve(documents);
    return bed.found();
  }

  private static Set<Said> points(Findings found) {
    Set<Said> all = new HashSet<>();
    for (ObjectName claim : EvidenceBed.claims()) {
      found.of(claim).points().forEach(point -> all.add(new Said(claim, point)));
    }
    // A database is where and what its object says: of it only times are compared.
    databases(found)
        .flatMap(database -> database.points().stream())
        .map(point -> new ForeignPoint(point.tool(), "", point.cut()))
        .forEach(point -> all.add(new Said(DATABASE, point)));
    return all;
  }

  private static Stream<OutsideDatabase> databases(Findings found) {
    return found.databaseNamespaces().stream()
        .flatMap(namespace -> found.databases(namespace).stream());
  }

  /// Below the kind, which is how the object came to its reader.
  private static List<Spot> spots(JsonNode document) {
    List<Spot> all = new ArrayList<>();
    document
        .properties()
        .forEach(each -> {
          if (!each.getKey().equals("kind") && !each.getKey().equals("apiVersion")) {
            collect(each.getValue(), List.of(each.getKey()), all);
          }
        });
    return all;
  }

  private static void collect(JsonNode node, List<Object> path, List<Spot> into) {
    into.add(new Spot(path));
    node.properties().forEach(each -> collect(each.getValue(), plus(path, each.getKey()), into));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), plus(path, i), into);
      }
    }
  }

  private static List<Object> plus(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private static JsonNode with(JsonNode document, Spot spot, UnaryOperator<JsonNode> change) {
    JsonNode copy = document.deepCopy();
    JsonNode at = copy;
    List<Object> path = spot.path();
    for (Object step : path.subList(0, path.size() - 1)) {
      at = step instanceof String name ? at.path(name) : at.path((Integer) step);
    }
    Object last = path.getLast();
    if (at instanceof ObjectNode object) {
      JsonNode made = change.apply(object.path((String) last));
      if (made.isMissingNode()) {
        object.remove((String) last);
      } else {
        object.set((String) last, made);
      }
    } else if (at instanceof ArrayNode array) {
      JsonNode made = change.apply(array.path((Integer) last));
      array.set((Integer) last, made.isMissingNode() ? NEW.nullNode() : made);
    }
    return copy;
  }
}
