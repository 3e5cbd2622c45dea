package dev.muster.auditor.report;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// For a pull request: how many volumes have each verdict, then those that somebody needs to act
/// on, within the length of one comment.
final class MarkdownReport {

  /// Of a comment on GitHub, in characters.
  static final int MOST = 65_536;

  /// For the line that says what was left out.
  private static final int SPARE = 200;

  private static final int GAPS = 20;

  private final StringBuilder text = new StringBuilder();
  private final Audit audit;
  private final CoverageReport report;

  private MarkdownReport(Audit audit) {
    this.audit = audit;
    this.report = audit.report();
  }

  static byte[] render(Audit audit) {
    MarkdownReport markdown = new MarkdownReport(audit);
    markdown.head();
    markdown.counts();
    markdown.gaps();
    markdown.findings();
    return markdown.text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void head() {
    int fresh = audit.findings(Audit.Novelty.NEW).size();
    int known = audit.findings(Audit.Novelty.KNOWN).size();
    line("### Backup coverage: " + said(fresh, known));
    line("");
    line(
        "Audit of %s at %s.%s"
            .formatted(
                MarkdownText.of(report.cluster()),
                report.at(),
                report.storeRead() ? "" : " No store was read."));
    line("");
  }

  private String said(int fresh, int known) {
    int all = report.volumes().size();
    if (fresh == 0 && known == 0) {
      return "nobody needs to act on any of %d volumes".formatted(all);
    }
    String before = audit.baseline().given() ? ", beside %d known before".formatted(known) : "";
    return "%d of %d volumes need action%s".formatted(fresh, all, before);
  }

  private void counts() {
    Map<String, Integer> counts = report.counts();
    List<String> verdicts = Coverage.WORST_FIRST.stream().filter(counts::containsKey).toList();
    if (verdicts.isEmpty()) {
      return;
    }
    line(verdicts.stream().collect(Collectors.joining(" | ", "| ", " |")));
    line("|" + " ---: |".repeat(verdicts.size()));
    line(
        verdicts.stream()
            .map(verdict -> String.valueOf(counts.get(verdict)))
            .collect(Collectors.joining(" | ", "| ", " |")));
    line("");
  }

  private void gaps() {
    if (report.gaps().isEmpty()) {
      return;
    }
    line("Not everything could be read:");
    line("");
    report.gaps().stream().limit(GAPS).forEach(gap -> line("- " + MarkdownText.of(gap)));
    if (report.gaps().size() > GAPS) {
      line("- and %d more".formatted(report.gaps().size() - GAPS));
    }
    line("");
  }

  private void findings() {
    List<Line> findings = audit.findings(Audit.Novelty.NEW);
    if (findings.isEmpty()) {
      return;
    }
    line("| Verdict | Volume | Used by | Why | Next step |");
    line("| --- | --- | --- | --- | --- |");
    int shown = 0;
    for (Line finding : findings) {
      String row = row(finding);
      if (text.length() + row.length() + 1 > MOST - SPARE) {
        break;
      }
      line(row);
      shown++;
    }
    if (shown < findings.size()) {
      line("");
      line(
          "%d more volumes that need action were left out, since a comment holds %d characters: `muster audit` lists all."
              .formatted(findings.size() - shown, MOST));
    }
  }

  private static String row(Line line) {
    return List.of(line.verdict(), Why.named(line), line.workload(), Why.of(line), line.nextStep())
        .stream()
        .map(MarkdownText::of)
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
