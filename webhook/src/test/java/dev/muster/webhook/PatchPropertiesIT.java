package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.StatefulSets;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

/// What holds for any StatefulSet that a real API server takes: with the webhook it takes it, too,
/// and stores the same but for Muster's annotations.
@Domain(StatefulSets.class)
class PatchPropertiesIT {
  private final RealApiServer server = RealApiServer.shared();

  @Property(tries = 200)
  @Covers({"A5", "A6", "A8", "S2", "F14"})
  void whatIsAcceptedWithoutTheWebhookIsAcceptedWithIt(@ForAll ObjectNode set) throws Exception {
    var without = server.dryRun("plain", set);
    Statistics.label("accepted")
        .collect(without.statusCode() == 201)
        .coverage(all -> all.check(true).percentage(share -> share > 60.0));

    var with = server.dryRun("shop", set);

    assertThat(with.statusCode()).as(with.body()).isEqualTo(without.statusCode());
    if (with.statusCode() == 201) {
      var plain = tree(without.body());
      var changed = tree(with.body());
      assertThat(changed.path("spec")).isEqualTo(plain.path("spec"));
      assertThat(changed.at("/metadata/labels")).isEqualTo(plain.at("/metadata/labels"));
      assertThat(ofUser(changed)).containsAllEntriesOf(ofUser(plain));
      assertThat(changed.at("/metadata/annotations").properties())
          .filteredOn(each -> !plain.at("/metadata/annotations").has(each.getKey()))
          .allMatch(each -> each.getKey().startsWith("muster.dev/"));
    }
  }

  @Property(tries = 100)
  @Covers({"B7", "F8", "O7"})
  void applyingWhatCameBackChangesNothing(@ForAll ObjectNode set) throws Exception {
    var once = server.dryRun("shop", set);
    if (once.statusCode() != 201) {
      return;
    }
    var stored = (ObjectNode) tree(once.body());
    stored.withObject("/metadata").remove("namespace");

    var twice = server.dryRun("shop", stored);

    assertThat(twice.statusCode()).as(twice.body()).isEqualTo(201);
    assertThat(tree(twice.body()).at("/metadata/annotations"))
        .isEqualTo(stored.at("/metadata/annotations"));
  }

  private static Map<String, JsonNode> ofUser(JsonNode object) {
    return object.at("/metadata/annotations").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static JsonNode tree(String text) throws Exception {
    return RealApiServer.JSON.readTree(text);
  }
}
