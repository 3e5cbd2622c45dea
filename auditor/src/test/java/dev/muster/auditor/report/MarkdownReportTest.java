package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.coverage.CoverageReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReportTest {

  @Test
  void countsThenWhatNeedsAction() {
    String text = markdown(Audit.of(SampleReport.report()));

    assertThat(text)
        .startsWith("### Backup coverage: 11 of 34 volumes need action\n")
        .contains("| Unknown | Unprotected | Failing | Stale | IntentOnly | Waived | Sealed |")
        .contains("| Failing | shop/data-search-0 | StatefulSet/search |")
        .contains("(DumpFailed: exit code 1: snapshot repository \\[backup\\] missing)")
        .doesNotContain("image-cache", "left out");
  }

  @Test
  void nothingToDoIsSaid() {
    Volume waived = Volume.named("shop", "db").is("Waived", "waived", "", "");

    assertThat(markdown(Audit.of(Volume.report(waived))))
        .startsWith("### Backup coverage: nobody needs to act on any of 1 volumes\n")
        .doesNotContain("| Verdict |");
  }

  @Test
  void aCommentHoldsItAndSaysWhatWasLeftOut() {
    CoverageReport many =
        Volume.report(
            IntStream.range(0, 5000)
                .mapToObj(i -> Volume.named("shop", "@@@ data-" + i))
                .toArray(Volume[]::new));

    String text = markdown(Audit.of(many));

    assertThat(text.length()).isBetween(60_000, MarkdownReport.MOST);
    long shown = text.lines().filter(line -> line.startsWith("| Unprotected | shop/")).count();
    assertThat(text)
        .contains("%d more volumes that need action were left out".formatted(5000 - shown));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "<img src=x onerror=alert(1)> => &lt;img src=x onerror=alert(1)&gt;",
        "a|b => a\\|b",
        "[click](https://evil.example) => \\[click\\](https:&#8203;//evil.example)",
        "@team #12 => @&#8203;team #&#8203;12",
        "`code` *b* _i_ &amp; \\ => \\`code\\` \\*b\\* \\_i\\_ &amp;amp; \\\\"
      })
  void textsOfOthersMeanNothing(String text, String expected) {
    assertThat(MarkdownText.of(text)).isEqualTo(expected);
  }

  @Test
  void aSecondLineMakesNoRow() {
    assertThat(MarkdownText.of("one\n| two |")).isEqualTo("one");
    assertThat(MarkdownText.of("one\ttwo\u202e")).isEqualTo("one?two?");
  }

  @Test
  void whatTheBaselineKnewIsCountedAlone() {
    Volume known = Volume.named("shop", "old");
    Audit audit =
        new Audit(
            Volume.report(known, Volume.named("shop", "fresh")),
            line -> true,
            Baseline.read(JsonReport.render(Audit.of(Volume.report(known))), "before"),
            Sources.none(),
            List.of());

    assertThat(markdown(audit))
        .startsWith("### Backup coverage: 1 of 2 volumes need action, beside 1 known before\n")
        .contains("shop/fresh")
        .doesNotContain("shop/old");
  }

  private static String markdown(Audit audit) {
    return new String(MarkdownReport.render(audit), StandardCharsets.UTF_8);
  }
}
