package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.repository.Manifest.Relation;
import dev.muster.repository.Manifest.Table;
import java.nio.charset.StandardCharsets;
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

  @Test
  void aTableMayHaveARelationOfItsOwn() {
    List<String> lines =
        List.of(
            HEAD,
            "{\"table\":\"legacy\",\"rows\":3,\"hash\":\"h3\",\"relation\":\"none\"}",
            "{\"table\":\"orders\",\"rows\":2,\"hash\":\"h2\",\"relation\":\"same-snapshot\"}");

    Manifest.Probe probe = ProbeLines.parse("db-app", lines);

    assertThat(probe.tables())
        .containsExactly(
            new Table("legacy", 3, "h3", Relation.NONE), new Table("orders", 2, "h2", null));
    assertThat(probe.tables().stream().map(probe::relationOf))
        .containsExactly(Relation.NONE, Relation.SAME_SNAPSHOT);
    assertThat(Json.decode(Json.encode(probe), Manifest.Probe.class, "probe")).isEqualTo(probe);
  }

  @Test
  void aProbeWrittenWithoutRelationsOfTablesReadsAsBefore() {
    Manifest.Probe probe =
        ProbeLines.parse("db-app", List.of(HEAD, "{\"table\":\"t\",\"rows\":3}"));

    byte[] stored = Json.encode(probe);

    assertThat(new String(stored, StandardCharsets.UTF_8))
        .endsWith("[{\"name\":\"t\",\"rows\":3}]}");
    assertThat(Json.decode(stored, Manifest.Probe.class, "probe")).isEqualTo(probe);
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
        "{\"table\":\"t\",\"rows\":3,\"relation\":\"near\"}",
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
