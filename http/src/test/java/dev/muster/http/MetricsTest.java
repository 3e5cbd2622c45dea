package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = Metrics.ofProcess();

  @Test
  void rowsComeChangeAndGo() {
    metrics.rows("muster.rows", Map.of(row("a"), 1.0, row("b"), 2.0));
    assertThat(scraped())
        .containsExactlyInAnyOrder(
            "muster_rows{namespace=\"a\"} 1.0", "muster_rows{namespace=\"b\"} 2.0");

    metrics.rows("muster.rows", Map.of(row("b"), 3.0, row("c"), 4.0));
    assertThat(scraped())
        .containsExactlyInAnyOrder(
            "muster_rows{namespace=\"b\"} 3.0", "muster_rows{namespace=\"c\"} 4.0");

    metrics.rows("muster.rows", Map.of());
    assertThat(scraped()).isEmpty();
  }

  private static List<String> row(String namespace) {
    return List.of("namespace", namespace);
  }

  private List<String> scraped() {
    return metrics.scrape().lines().filter(line -> line.startsWith("muster_rows{")).toList();
  }
}
