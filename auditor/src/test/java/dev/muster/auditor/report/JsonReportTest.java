package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.VerdictFacts;
import dev.muster.repository.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReportTest {
  private static final String SCHEMA = Schemas.documented("audit-report.schema.json");

  @Test
  void realReportsAreAsDocumented() {
    CoverageReport report = SampleReport.report();

    Schemas.holds(SCHEMA, JsonReport.render(Audit.of(report)));
    Schemas.holds(SCHEMA, Json.encode(report));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/$defs/volume", "/$defs/facts"})
  void everyFieldIsDocumented(String place) {
    Class<?> type =
        switch (place) {
          case "/$defs/volume" -> CoverageReport.Line.class;
          case "/$defs/facts" -> VerdictFacts.class;
          default -> CoverageReport.class;
        };
    JsonNode properties =
        Schemas.tree(SCHEMA.getBytes(StandardCharsets.UTF_8)).at(place + "/properties");

    List<String> fields =
        Arrays.stream(type.getRecordComponents()).map(component -> component.getName()).toList();
    assertThat(fields).containsExactlyInAnyOrderElementsOf(() -> properties.fieldNames());
  }
}
