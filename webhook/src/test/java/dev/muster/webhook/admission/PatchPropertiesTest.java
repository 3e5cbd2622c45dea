package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.webhook.patch.Applied;
import dev.muster.webhook.patch.Patch;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/// What holds for the answer to any StatefulSet.
@Domain(StatefulSets.class)
class PatchPropertiesTest {
  private static final WasmPolicyEngine POLICY =
      WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10));

  private final Admission admission =
      new Admission(Reviews.configuration(), EngineProfilesReader.read(Optional.empty()), POLICY);

  @Property
  @Covers({"A5", "A8", "B9", "S2", "F14"})
  void onlyKeysThatNobodyHadSetAreAdded(@ForAll ObjectNode set) {
    var patched = patched(Reviews.create(set));

    assertThat(withoutAnnotations(patched)).isEqualTo(withoutAnnotations(set));
    var before = set.at("/metadata/annotations");
    for (var each : patched.at("/metadata/annotations").properties()) {
      if (before.has(each.getKey())) {
        assertThat(each.getValue()).isEqualTo(before.get(each.getKey()));
      } else {
        assertThat(each.getKey()).startsWith("muster.dev/");
      }
    }
    assertThat(patched.at("/metadata/annotations").size()).isGreaterThanOrEqualTo(before.size());
  }

  @Property
  @Covers({"B7", "F8"})
  void askingAgainChangesNothing(@ForAll ObjectNode set) {
    var once = patched(Reviews.create(set));

    assertThat(patch(Reviews.create(once)).operations()).isEmpty();
    assertThat(patch(Reviews.update(once, once)).operations()).isEmpty();
  }

  @Property
  @Covers({"S1", "S2"})
  void updateOfAnythingToAnythingLeavesTheTemplateAlone(
      @ForAll ObjectNode old, @ForAll ObjectNode set) {
    var patched = patched(Reviews.update(old, set));

    assertThat(patched.path("spec").toString()).isEqualTo(set.path("spec").toString());
  }

  private Patch patch(Review review) {
    var outcome = admission.review(review, Stage.MUTATE, Level.WARN, LocalDate.parse("2026-11-01"));
    assertThat(outcome).isInstanceOf(Outcome.Decided.class);
    return ((Outcome.Decided) outcome).patch();
  }

  private JsonNode patched(Review review) {
    var applied = patch(review).apply(review.object().orElseThrow());
    assertThat(applied).isInstanceOf(Applied.To.class);
    return ((Applied.To) applied).document();
  }

  private static JsonNode withoutAnnotations(JsonNode object) {
    var copy = (ObjectNode) object.deepCopy();
    copy.withObject("/metadata").remove(List.of("annotations"));
    return copy;
  }
}
