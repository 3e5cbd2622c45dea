package dev.muster.cli;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.report.Audit;
import dev.muster.auditor.report.ReportFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an audit is shown and kept. What is shown changes nothing of what is found.
final class AuditOutput {

  enum Format {
    TABLE(null),
    WIDE(null),
    JSON(ReportFormat.JSON),
    CSV(ReportFormat.CSV),
    MARKDOWN(ReportFormat.MARKDOWN),
    SARIF(ReportFormat.SARIF),
    HTML(ReportFormat.HTML);

    private final @Nullable ReportFormat document;

    Format(@Nullable ReportFormat document) {
      this.document = document;
    }

    @Override
    public String toString() {
      return Terminal.word(this);
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, wide, json, csv, markdown, sarif or html. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.TABLE;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      converter = ReportFile.Option.class,
      description =
          "Write the report to a file, whose ending says the format: .json, .csv, .md, .sarif,"
              + " .html. Can be given again. Filters of what is shown do not touch it.")
  private List<ReportFile> files = List.of();

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      split = ",",
      converter = VerdictOption.class,
      completionCandidates = VerdictOption.Names.class,
      description = "Show volumes with these verdicts alone. The exit code is of all.")
  private Set<String> verdicts = Set.of();

  @Option(
      names = "--sort",
      paramLabel = "COLUMN",
      description = "Order by one of ${COMPLETION-CANDIDATES}. Default: the worst verdict first.")
  private @Nullable AuditColumn sort;

  Audit shown(Audit audit) {
    List<CoverageReport.Line> lines =
        audit.report().volumes().stream()
            .filter(line -> verdicts.isEmpty() || verdicts.contains(line.verdict()))
            .toList();
    return audit.of(sort == null ? lines : lines.stream().sorted(sort.order()).toList());
  }

  /// Empty for a table.
  Optional<ReportFormat> document() {
    return Optional.ofNullable(format.document);
  }

  boolean wide() {
    return format == Format.WIDE;
  }

  void save(Audit audit) {
    files.forEach(file -> file.write(audit));
  }
}
