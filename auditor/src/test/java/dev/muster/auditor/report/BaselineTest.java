package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

  @Test
  void onlyTheSameVerdictForTheSameReasonIsKnown() {
    Volume before = Volume.named("shop", "db");
    Baseline baseline = Baseline.read(JsonReport.render(Audit.of(Volume.report(before))), "before");

    assertThat(baseline.knows(before.line())).isTrue();
    assertThat(baseline.knows(Volume.named("shop", "other").line())).isFalse();
    assertThat(baseline.knows(Volume.named("bank", "db").line())).isFalse();
    assertThat(baseline.knows(before.is("Unprotected", "opted-out", "", "").line())).isFalse();
    assertThat(baseline.knows(before.is("Unknown", "nobody-asked", "", "").line())).isFalse();
  }

  @Test
  void fieldsOfOtherVersionsDoNotMatter() {
    String text =
        """
        {"volumes": [{"namespace": "shop", "name": "db", "verdict": "Unprotected",
          "reason": "nobody-asked", "from": "the future"}], "more": 1}
        """;

    assertThat(read(text).knows(Volume.named("shop", "db").line())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"version\": \"2.1.0\", \"runs\": []}",
        "{\"volumes\": [null]}",
        "{\"volumes\": [{\"namespace\": \"shop\"}]}"
      })
  void whatIsNoReportIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("before.json");
  }

  private static Baseline read(String text) {
    return Baseline.read(text.getBytes(StandardCharsets.UTF_8), "before.json");
  }
}
