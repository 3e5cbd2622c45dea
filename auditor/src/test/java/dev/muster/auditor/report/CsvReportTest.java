package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Read back by a reader of somebody else.
class CsvReportTest {
  private static final CSVFormat RFC =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  @Test
  void everyLineIsAsDocumented() throws Exception {
    byte[] csv = CsvReport.render(Audit.of(SampleReport.report()));

    String schema = Schemas.documented("audit-report.csv.schema.json");
    for (CSVRecord row : rows(csv)) {
      Schemas.holds(schema, json(row));
    }
    ObjectNode properties =
        (ObjectNode) Schemas.tree(schema.getBytes(StandardCharsets.UTF_8)).get("properties");
    assertThat(header(csv)).containsExactlyElementsOf(() -> properties.fieldNames());
  }

  @Test
  void textsComeBackAsTheyWere() throws Exception {
    String hostile = "a \"quoted\", text\r\nof two lines; and ünïcode";
    byte[] csv =
        CsvReport.render(
            Audit.of(
                Volume.report(Volume.named("shop", "db").is("Unprotected", "r", hostile, ""))));

    assertThat(rows(csv)).singleElement().returns(hostile, row -> row.get("message"));
    assertThat(new String(csv, StandardCharsets.UTF_8)).endsWith("\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x"})
  void aSpreadsheetSeesNoFormula(String text) throws Exception {
    Volume volume =
        Volume.named("shop", "db").storage(text, text).is("Unprotected", "r", text, text);

    CSVRecord row = rows(CsvReport.render(Audit.of(Volume.report(volume)))).getFirst();

    for (String column : List.of("storage_class", "size", "message", "next_step")) {
      assertThat(row.get(column)).isEqualTo("'" + text);
    }
  }

  private static List<CSVRecord> rows(byte[] csv) throws IOException {
    try (CSVParser parser = CSVParser.parse(new String(csv, StandardCharsets.UTF_8), RFC)) {
      return parser.getRecords();
    }
  }

  private static List<String> header(byte[] csv) throws IOException {
    try (CSVParser parser = CSVParser.parse(new String(csv, StandardCharsets.UTF_8), RFC)) {
      return parser.getHeaderNames();
    }
  }

  private static byte[] json(CSVRecord row) throws IOException {
    return new ObjectMapper().writeValueAsBytes(row.toMap());
  }
}
