package dev.muster.cli;

import dev.muster.auditor.report.Audit;
import dev.muster.auditor.report.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A file that gets the report. Readers see the old one or the whole new one.
record ReportFile(Path path, ReportFormat format) {

  void write(Audit audit) {
    Path fresh = path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID());
    try {
      try {
        Files.write(fresh, format.render(audit), StandardOpenOption.CREATE_NEW);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw new BadInput(
          "cannot write %s (%s): check that its folder exists and takes files"
              .formatted(path, e.getClass().getSimpleName()),
          e);
    }
  }

  /// Refuses a name before anything is audited.
  static final class Option implements ITypeConverter<ReportFile> {
    @Override
    public ReportFile convert(String text) {
      ReportFormat format =
          ReportFormat.ofFile(text.toLowerCase(Locale.ROOT))
              .orElseThrow(() -> refused(text, "says no format: end it with one of "));
      try {
        return new ReportFile(Path.of(text), format);
      } catch (InvalidPathException e) {
        throw refused(text, "is no name of a file; it ends with one of ");
      }
    }

    private static TypeConversionException refused(String text, String why) {
      return new TypeConversionException("'" + text + "' " + why + ReportFormat.endings());
    }
  }
}
