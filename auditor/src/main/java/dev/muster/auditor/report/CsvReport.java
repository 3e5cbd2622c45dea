package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Failure;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.repository.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One line for each volume, by RFC 4180: `docs/reference/audit-report.csv.schema.json`.
final class CsvReport {

  /// What spreadsheets take for the start of a formula, also in its full width.
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private static final List<Column> COLUMNS =
      List.of(
          new Column("namespace", Line::namespace),
          new Column("name", Line::name),
          new Column("volume", Line::volume),
          new Column("phase", Line::phase),
          new Column("storage_class", Line::storageClass),
          new Column("size", Line::size),
          new Column("persistent_volume", Line::persistentVolume),
          new Column("reclaim_policy", Line::reclaimPolicy),
          new Column("created", Line::created),
          new Column("workload", Line::workload),
          new Column("owners", line -> String.join("; ", line.owners())),
          new Column("engine", Line::engine),
          new Column("plan", Line::plan),
          new Column("verdict", Line::verdict),
          new Column("reason", Line::reason),
          new Column("message", Line::message),
          new Column("next_step", Line::nextStep),
          new Column("points", Line::points),
          new Column("newest_point", Line::newestPoint),
          new Column("newest_of", Line::newestOf),
          new Column("last_verified_at", Line::lastVerifiedAt),
          new Column("last_proven_at", Line::lastProvenAt),
          new Column("last_failure_at", line -> failed(line, Failure::at)),
          new Column("last_failure_reason", line -> failed(line, Failure::reason)),
          new Column("last_failure_detail", line -> failed(line, Failure::detail)),
          new Column("rpo", Line::rpo),
          new Column("problems", line -> String.join("; ", line.problems())),
          new Column("facts", line -> Json.tree(line.facts())));

  private final StringBuilder text = new StringBuilder();

  private CsvReport() {}

  static byte[] render(Audit audit) {
    CoverageReport report = audit.report();
    CsvReport csv = new CsvReport();
    csv.text.append("cluster,at,finding");
    COLUMNS.forEach(column -> csv.cell(column.name()));
    csv.text.append("\r\n");
    for (Line line : report.volumes()) {
      csv.text.append(quoted(report.cluster()));
      csv.cell(report.at());
      csv.cell(audit.novelty(line).name().toLowerCase(Locale.ROOT));
      COLUMNS.forEach(column -> csv.cell(column.value().apply(line)));
      csv.text.append("\r\n");
    }
    return csv.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void cell(@Nullable Object value) {
    text.append(',').append(value == null ? "" : quoted(value.toString()));
  }

  private static String quoted(String value) {
    String inert = guarded(value) ? "'" + value : value;
    boolean plain = inert.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? inert : '"' + inert.replace("\"", "\"\"") + '"';
  }

  /// An apostrophe makes a cell a text to a spreadsheet, which drops it.
  private static boolean guarded(String value) {
    return !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0;
  }

  private static @Nullable Object failed(Line line, Function<Failure, Object> part) {
    return Optional.ofNullable(line.lastFailure()).map(part).orElse(null);
  }

  private record Column(String name, Function<Line, @Nullable Object> value) {}
}
