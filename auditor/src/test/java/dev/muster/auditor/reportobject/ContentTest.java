package dev.muster.auditor.reportobject;

import static dev.muster.auditor.coverage.LineBuilder.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.LineBuilder;
import dev.muster.repository.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {

  private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "Unknown, store-unreadable, error, high",
    "Unprotected, nobody-asked, fail, high",
    "Failing, last-failed, fail, high",
    "Stale, late, fail, medium",
    "IntentOnly, other-tool, fail, medium",
    "Waived, waived, skip, info",
    "Waived, waived-self, fail, low",
    "Excluded, excluded, skip, info",
    "Sealed, sealed, pass, info",
    "Verified, verified, pass, info",
    "Proven, proven, pass, info"
  })
  void eachVerdictIsAResultOfItsOwn(String verdict, String reason, String result, String severity) {
    Result told = Result.of(line("shop", "data", verdict).reason(reason).build());

    assertThat(told.result()).isEqualTo(result);
    assertThat(told.severity()).isEqualTo(severity);
    assertThat(told.rule()).isEqualTo(reason);
    assertThat(told.properties()).containsEntry("verdict", verdict);
    assertThat(told.message()).isEqualTo("so it is; do something");
  }

  @Test
  void aVolumeThatIsNoObjectIsToldOfItsWorkload() {
    Result told =
        Result.of(
            line("shop", "data-db-0", "Unprotected")
                .volume("template")
                .workload("StatefulSet/db")
                .build());

    assertThat(told.resources())
        .containsExactly(new Reference("apps/v1", "StatefulSet", "shop", "db"));
    assertThat(told.properties()).containsEntry("volume", "template/data-db-0");
  }

  @Test
  void whatPassesByItselfChangesNothing() {
    Content before = content(line("shop", "data", "Sealed").points(3, NOW).verified(NOW));
    Content later =
        content(line("shop", "data", "Sealed").points(4, NOW.plusSeconds(9)).proven(NOW));

    assertThat(later).isEqualTo(before);
    assertThat(content(line("shop", "data", "Stale")).digest()).isNotEqualTo(before.digest());
  }

  @Test
  void aThousandResultsAreTheMostAndTheLastCountsTheRest() {
    Content whole = content(many(1000, "x"));
    Content cut = content(many(1001, "x"));

    assertThat(whole.results()).hasSize(1000);
    assertThat(whole.summary()).isEqualTo(new Summary(0, 1000, 0, 0, 0));
    assertThat(cut.results()).hasSize(1000);
    assertThat(cut.results().getLast().message()).startsWith("2 more volumes");
    assertThat(cut.summary()).isEqualTo(new Summary(0, 1001, 1, 0, 0));
  }

  @Test
  void longMessagesStayWithinTheBudget() {
    Content content = content(many(900, "y".repeat(5000)));

    assertThat(Json.encode(Map.of("results", content.results()))).hasSizeLessThan(400_000);
    assertThat(content.results()).hasSizeBetween(200, 400);
    assertThat(content.results().getLast().rule()).isEqualTo("left-out");
    assertThat(content.summary().fail()).isEqualTo(900);
  }

  private static LineBuilder[] many(int count, String message) {
    return IntStream.range(0, count)
        .mapToObj(i -> line("shop", "data-" + i, "Unprotected").message(message))
        .toArray(LineBuilder[]::new);
  }

  private static Content content(LineBuilder... lines) {
    List<CoverageReport.Line> all = LineBuilder.report(NOW, lines).volumes();
    return Content.of(all);
  }
}
