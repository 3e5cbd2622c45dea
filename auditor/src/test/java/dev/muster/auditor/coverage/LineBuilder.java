package dev.muster.auditor.coverage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of a report for tests of what is made of it.
public final class LineBuilder {
  private static final VerdictFacts FACTS =
      new VerdictFacts(
          new VerdictFacts.Volume("PersistentVolumeClaim", false, null),
          true,
          false,
          new VerdictFacts.Contract(true, null, false, false, true),
          null,
          new VerdictFacts.Engine("", false),
          "",
          List.of(),
          new VerdictFacts.Points(0, 0, false, null, false, null),
          null,
          null);

  private String volume = "PersistentVolumeClaim";
  private final String namespace;
  private final String name;
  private String workload = "";
  private final String verdict;
  private String reason = "because";
  private String message = "so it is";
  private int points;
  private @Nullable Instant newest;
  private @Nullable Instant verified;
  private @Nullable Instant proven;

  private LineBuilder(String namespace, String name, String verdict) {
    this.namespace = namespace;
    this.name = name;
    this.verdict = verdict;
  }

  public static LineBuilder line(String namespace, String name, String verdict) {
    return new LineBuilder(namespace, name, verdict);
  }

  public LineBuilder volume(String kind) {
    volume = kind;
    return this;
  }

  public LineBuilder workload(String said) {
    workload = said;
    return this;
  }

  public LineBuilder reason(String text) {
    reason = text;
    return this;
  }

  public LineBuilder message(String text) {
    message = text;
    return this;
  }

  public LineBuilder points(int count, Instant cut) {
    points = count;
    newest = cut;
    return this;
  }

  public LineBuilder verified(Instant at) {
    verified = at;
    return this;
  }

  public LineBuilder proven(Instant at) {
    proven = at;
    return this;
  }

  public CoverageReport.Line build() {
    return new CoverageReport.Line(
        volume,
        namespace,
        name,
        "Bound",
        null,
        null,
        "",
        "",
        null,
        workload,
        List.of(),
        "postgresql",
        "standard",
        verdict,
        reason,
        message,
        "do something",
        points,
        newest,
        newest == null ? null : "Muster",
        verified,
        proven,
        null,
        null,
        List.of(),
        FACTS);
  }

  /// All lines must be worst first.
  public static CoverageReport report(Instant at, LineBuilder... lines) {
    return new CoverageReport(
        "test", at, true, List.of(lines).stream().map(LineBuilder::build).toList(), List.of());
  }
}
