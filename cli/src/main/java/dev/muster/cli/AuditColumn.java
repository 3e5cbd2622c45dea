package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.auditor.report.Why;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The columns of an audit's table.
enum AuditColumn {
  NAMESPACE(false, Line::namespace),
  VOLUME(false, Line::name),
  KIND(true, Line::volume),
  PHASE(true, Line::phase),
  CLASS(true, line -> text(line.storageClass())),
  SIZE(
      true,
      (line, report) -> text(line.size()),
      Comparator.comparing(AuditColumn::bytes, Comparator.nullsFirst(Comparator.naturalOrder()))),
  RECLAIM(true, Line::reclaimPolicy),
  AGE(true, (line, report) -> Ages.text(line.created(), report.at()), oldestFirst(Line::created)),
  WORKLOAD(false, Line::workload),
  DEPLOYED(true, line -> line.owners().isEmpty() ? "" : line.owners().getLast()),
  ENGINE(false, Line::engine),
  PLAN(true, Line::plan),
  VERDICT(
      false,
      (line, report) -> line.verdict(),
      Comparator.comparing(line -> Coverage.WORST_FIRST.indexOf(line.verdict()))),
  POINTS(
      true, (line, report) -> Integer.toString(line.points()), Comparator.comparing(Line::points)),
  NEWEST(false, AuditColumn::newest, oldestFirst(Line::newestPoint)),
  VERIFIED(
      true,
      (line, report) -> Ages.text(line.lastVerifiedAt(), report.at()),
      oldestFirst(Line::lastVerifiedAt)),
  PROVEN(
      false,
      (line, report) -> Ages.text(line.lastProvenAt(), report.at()),
      oldestFirst(Line::lastProvenAt)),
  REASON(true, Line::reason),
  WHY(false, AuditColumn::why);

  private final boolean wide;
  private final BiFunction<Line, CoverageReport, String> cell;
  private final Comparator<Line> order;

  AuditColumn(boolean wide, BiFunction<Line, CoverageReport, String> cell, Comparator<Line> order) {
    this.wide = wide;
    this.cell = cell;
    this.order = order;
  }

  AuditColumn(boolean wide, Function<Line, String> cell) {
    this(wide, (line, report) -> cell.apply(line), Comparator.comparing(cell));
  }

  static List<AuditColumn> of(boolean wide) {
    return Stream.of(values()).filter(column -> wide || !column.wide).toList();
  }

  String cell(Line line, CoverageReport report) {
    return cell.apply(line, report);
  }

  Comparator<Line> order() {
    return order;
  }

  @Override
  public String toString() {
    return Terminal.word(this);
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  /// What never was comes first: it is what people look for.
  private static Comparator<Line> oldestFirst(Function<Line, @Nullable Instant> time) {
    return Comparator.comparing(time, Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  private static @Nullable BigDecimal bytes(Line line) {
    try {
      return line.size() == null ? null : new Quantity(line.size()).getNumericalAmount();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// `2h`, or `2h Velero`.
  private static String newest(Line line, CoverageReport report) {
    String age = Ages.text(line.newestPoint(), report.at());
    String of = Objects.requireNonNullElse(line.newestOf(), "Muster");
    return of.equals("Muster") ? age : age + " " + of.split(" ", 2)[0];
  }

  private static String why(Line line) {
    return line.settled() ? line.message() : Why.of(line) + ": " + line.nextStep();
  }
}
