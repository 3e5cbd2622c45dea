package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.model.DurationText;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

  private static final Controls CONTROLS =
      ConfigurationReader.read(
              "muster.yaml",
              """
              controls:
                newest-point-within: { within: 2d }
                drill-passed-within: { within: 9d }
                scopes:
                  - namespaces: [bank-*]
                    workload-labels: { app: db }
                    newest-point-within: { within: 1h }
                  - namespaces: [bank-core, shop]
                    newest-point-within: { within: 2h }
                  - namespace-labels: { tier: gold, zone: a }
                    newest-point-within: { within: 3h }
              """)
          .controls();

  @ParameterizedTest
  @CsvSource({
    "bank-core, '',              app=db, 1h",
    "bank-core, 'tier=gold',     app=x,  2h",
    "bank-core, 'tier=gold',     '',     2h",
    "shop,      'tier=gold',     app=db, 2h",
    "else,      'tier=gold zone=a', '',  3h",
    "else,      'tier=gold',     '',     2d",
    "bank,      '',              app=db, 2d",
  })
  void theFirstScopeOfWhichEverythingHoldsCounts(
      String namespace, String namespaceLabels, String workloadLabels, String within) {
    ControlParameters found =
        CONTROLS.of(namespace, labels(namespaceLabels), labels(workloadLabels));

    assertThat(found.newestWithin()).isEqualTo(DurationText.parse(within).orThrow());
  }

  @Test
  void whatAScopeDoesNotSayIsAsForAll() {
    ControlParameters found = CONTROLS.of("shop", Map.of(), Map.of());

    assertThat(found.drillWithin()).isEqualTo(DurationText.parse("9d").orThrow());
    assertThat(found.retention()).isEqualTo(DurationText.parse("35d").orThrow());
  }

  @ParameterizedTest
  @CsvSource({
    "shop, shop, true",
    "shop, shops, false",
    "*, anything, true",
    "shop-*, shop-1, true",
    "shop-*, shop, false",
    "*-db, shop-db, true",
    "a*a, a, false",
    "a*a, aa, true",
    "a*b*c, abc, true",
    "a*b*c, axxbyyc, true",
    "a*b*c, acb, false",
    "a*bc*c, abc, false",
    "shop/cache-*, shop/cache-1, true",
    "s.op, shop, false",
  })
  void aStarStandsForAnything(String pattern, String name, boolean matches) {
    assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    for (String each : text.split(" ")) {
      if (!each.isEmpty()) {
        labels.put(each.split("=")[0], each.split("=")[1]);
      }
    }
    return labels;
  }
}
