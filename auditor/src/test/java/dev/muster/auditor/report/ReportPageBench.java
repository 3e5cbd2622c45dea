package dev.muster.auditor.report;

import dev.muster.repository.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `make bench-report`: how long the page takes to be made, and to be shown.
class ReportPageBench {
  private static final int ROUNDS = 5;
  private static final String SHOWN = "performance.getEntriesByName('shown')[0]?.startTime ?? -1";

  @Test
  void measure() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (Browser browser = Browser.start()) {
      for (int volumes : List.of(100, 1000, 10_000, 50_000)) {
        rows.add(row(browser, volumes));
      }
    }
    Path file = Path.of(System.getProperty("muster.root"), "target", "bench", "report.json");
    Files.createDirectories(file.getParent());
    Files.write(file, Json.encode(rows));
  }

  private static Map<String, Object> row(Browser browser, int volumes) {
    Audit audit = Audit.of(ManyVolumes.of(volumes));
    List<Long> made = new ArrayList<>();
    List<Double> shown = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long before = System.nanoTime();
      HtmlReport.render(audit);
      made.add((System.nanoTime() - before) / 1_000_000);
      browser.open(audit, "");
      Awaitility.await().until(() -> ((Number) browser.ask(SHOWN)).doubleValue() > 0);
      shown.add(((Number) browser.ask(SHOWN)).doubleValue());
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("volumes", volumes);
    row.put("bytes", HtmlReport.render(audit).length);
    row.put("madeMillis", made.stream().sorted().toList().get(ROUNDS / 2));
    row.put("shownMillis", Math.round(shown.stream().sorted().toList().get(ROUNDS / 2)));
    row.put("slowestMillis", Math.round(shown.stream().max(Double::compare).orElseThrow()));
    return row;
  }
}
