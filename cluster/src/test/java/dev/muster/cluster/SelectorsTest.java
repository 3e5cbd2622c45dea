package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorsTest {

  @ParameterizedTest
  @CsvSource({
    "In, db, true",
    "In, web, false",
    "In, , false",
    "NotIn, db, false",
    "NotIn, web, true",
    "NotIn, , true",
    "Exists, web, true",
    "Exists, , false",
    "DoesNotExist, web, false",
    "DoesNotExist, , true",
    "Near, db, false",
  })
  void anExpressionIsReadAsTheApiServerReadsIt(String operator, String value, boolean matches) {
    LabelSelector selector =
        new LabelSelectorBuilder()
            .addToMatchExpressions(new LabelSelectorRequirement("app", operator, List.of("db")))
            .build();

    assertThat(Selectors.matches(selector, value == null ? Map.of() : Map.of("app", value)))
        .isEqualTo(matches);
  }

  @Test
  void labelsAndExpressionsMustAllHold() {
    LabelSelector selector =
        new LabelSelectorBuilder()
            .addToMatchLabels("app", "db")
            .addToMatchExpressions(new LabelSelectorRequirement("tier", "Exists", List.of()))
            .build();

    assertThat(Selectors.matches(selector, Map.of("app", "db", "tier", "a"))).isTrue();
    assertThat(Selectors.matches(selector, Map.of("app", "db"))).isFalse();
    assertThat(Selectors.matches(selector, Map.of("tier", "a"))).isFalse();
  }

  @Test
  void onlyASelectorOfNothingIsEmpty() {
    assertThat(Selectors.isEmpty(null)).isTrue();
    assertThat(Selectors.isEmpty(new LabelSelector())).isTrue();
    assertThat(
            Selectors.isEmpty(
                new LabelSelectorBuilder()
                    .addToMatchExpressions(new LabelSelectorRequirement("app", "Exists", List.of()))
                    .build()))
        .isFalse();
  }
}
