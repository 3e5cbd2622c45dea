package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbeLinesTest {
  private static final String HEAD =
      "{\"schema\":\"s1\",\"relation\":\"same-snapshot\",\"position\":\"0/15\"}";

  @Test
  void tablesComeInTheOrderOfTheirNames() {
    List<String> lines =
        List.of(
            HEAD,
            "{\"table\":\"public.orders\",\"rows\":3,\"hash\":\"h3\"}",
            "{\"table\":\"public.items\",\"rows\":0}");

    Manifest.Probe probe = ProbeLines.parse("db-app", lines);

    assertThat(probe.relation()).isEqualTo(Relation.SAME_SNAPSHOT);
    assertThat(probe.schemaHash()).isEqualTo("s1");
    assertThat(probe.position()).isEqualTo("0/15");
    assertThat(probe.tables())
        .containsExactly(new Table("public.items", 0, null), new Table("public.orders", 3, "h3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NOTICE: hello",
        "null",
        "{\"table\":\"t\"}",
        "{\"table\":\"t\",\"rows\":\"3\"}",
        "{\"table\":\"t\",\"rows\":-1}",
        "{\"rows\":3}",
        "{\"table\":\"public.a\",\"rows\":3}"
      })
  void anOddLineIsAnErrorAndNoSmallerProbe(String line) {
    var lines = List.of(HEAD, "{\"table\":\"public.a\",\"rows\":1}", line);

    assertThatThrownBy(() -> ProbeLines.parse("db-app", lines))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("line 3 of the probe of db-app");
  }

  @Test
  void nothingPrintedIsAnError() {
    assertThatThrownBy(() -> ProbeLines.parse("db-app", List.of()))
        .isInstanceOf(MalformedException.class);
  }
}
