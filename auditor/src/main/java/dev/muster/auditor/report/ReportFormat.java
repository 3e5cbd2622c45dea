package dev.muster.auditor.report;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a report can be rendered as. Pure: the same audit gives the same bytes.
public enum ReportFormat {
  JSON("application/json", JsonReport::render, ".json"),
  CSV("text/csv; charset=utf-8; header=present", CsvReport::render, ".csv"),
  MARKDOWN("text/markdown; charset=utf-8", MarkdownReport::render, ".md"),
  SARIF("application/sarif+json", SarifReport::render, ".sarif", ".sarif.json"),
  HTML("text/html; charset=utf-8", HtmlReport::render, ".html");

  private final String mediaType;
  private final Function<Audit, byte[]> renderer;
  private final String[] endings;

  ReportFormat(String mediaType, Function<Audit, byte[]> renderer, String... endings) {
    this.mediaType = mediaType;
    this.renderer = renderer;
    this.endings = endings;
  }

  /// UTF-8.
  public byte[] render(Audit audit) {
    return renderer.apply(audit);
  }

  public String mediaType() {
    return mediaType;
  }

  /// The format that the ending of a file's name says; the longest ending counts.
  public static Optional<ReportFormat> ofFile(String name) {
    if (Arrays.stream(SARIF.endings).anyMatch(name::endsWith)) {
      return Optional.of(SARIF);
    }
    return Arrays.stream(values())
        .filter(format -> Arrays.stream(format.endings).anyMatch(name::endsWith))
        .findFirst();
  }

  /// All, for messages.
  static String mediaTypes() {
    return Arrays.stream(values())
        .map(format -> format.mediaType.split(";", 2)[0])
        .collect(Collectors.joining(", "));
  }

  /// The endings that are known, for messages.
  public static String endings() {
    return Arrays.stream(values())
        .map(format -> format.endings[0])
        .collect(Collectors.joining(", "));
  }
}
