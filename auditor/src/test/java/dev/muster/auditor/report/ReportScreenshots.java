package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `make screenshots`: what the docs show.
class ReportScreenshots {
  @Test
  void take() throws Exception {
    Path images = Path.of(System.getProperty("muster.root"), "docs", "images");
    Files.createDirectories(images);
    CoverageReport report = SampleReport.report();
    Audit audit = Audit.of(report).with(SampleReport.trend(report));
    try (Browser browser = Browser.start()) {
      browser.size(1280, 1100);
      browser.scheme("light");
      browser.open(audit, "");
      Files.write(images.resolve("audit-light.png"), browser.screenshot());
      browser.scheme("dark");
      browser.open(audit, "volume=shop/PersistentVolumeClaim/data-search-0");
      Awaitility.await().until(() -> browser.ask("document.getAnimations().length").equals(0L));
      Files.write(images.resolve("audit-dark.png"), browser.screenshot());
    }
  }
}
