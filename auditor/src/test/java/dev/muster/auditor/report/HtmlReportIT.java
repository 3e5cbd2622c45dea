package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.coverage.CoverageReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/// The page in a real BROWSER. After each test: nothing was fetched, and the console is silent.
class HtmlReportIT {
  private static final CoverageReport SAMPLE = SampleReport.report();
  private static final Audit AUDIT = Audit.of(SAMPLE).with(SampleReport.trend(SAMPLE));
  private static final String ROWS = "document.querySelectorAll('#table tbody tr').length";

  private static final Browser BROWSER = Browser.start();

  @AfterAll
  static void stop() {
    BROWSER.close();
  }

  @BeforeEach
  void asUsual() {
    BROWSER.size(1280, 900);
    BROWSER.scheme("light");
  }

  @AfterEach
  void nothingWasFetchedOrRefused() {
    assertThat(BROWSER.messages()).isEmpty();
    assertThat(BROWSER.requests())
        .allMatch(url ->
            url.startsWith("file:///") || url.startsWith("data:") || url.equals("about:blank"))
        .filteredOn(url -> url.startsWith("file:"))
        .isNotEmpty()
        .allMatch(url -> url.contains("/report.html"));
  }

  @Test
  void itTellsHowTheClusterStands() {
    BROWSER.open(AUDIT, "");

    assertThat(BROWSER.text("#covered")).isEqualTo("58 % of 34 volumes covered");
    assertThat(BROWSER.text("#standing")).isEqualTo("11 volumes need action.");
    assertThat(BROWSER.text("#gaps")).contains("1 thing could not be read", "backups.longhorn.io");
    assertThat(BROWSER.find("#bar").getDomAttribute("aria-label"))
        .startsWith("1 Unknown, 5 Unprotected");
    assertThat(BROWSER.text("#namespaces li:first-child")).contains("fulfilment", "3 of 6 to do");
    assertThat(BROWSER.ask(ROWS)).isEqualTo(34L);
  }

  @Test
  void aTrendNeedsTwoPoints() {
    List<TrendPoint> points = SampleReport.trend(SAMPLE);

    BROWSER.open(AUDIT.with(points.subList(0, 1)), "");
    assertThat(BROWSER.find("#trend").isDisplayed()).isFalse();

    BROWSER.open(AUDIT.with(points.subList(0, 2)), "");
    assertThat(BROWSER.find("#trend").isDisplayed()).isTrue();
    assertThat(BROWSER.ask("document.querySelectorAll('#trend-table tbody tr').length"))
        .isEqualTo(2L);
  }

  @Test
  void nothingToShowIsSaid() {
    BROWSER.open(Audit.of(Volume.report()), "");

    assertThat(BROWSER.text("#covered")).isEqualTo("No volumes");
    assertThat(BROWSER.text("#none")).startsWith("No volume is like that.");
  }

  @ParameterizedTest
  @CsvSource({"light, ''", "dark, ''", "light, DETAIL", "dark, DETAIL"})
  void everybodyCanUseIt(String scheme, String fragment) {
    BROWSER.scheme(scheme);
    BROWSER.open(
        AUDIT, fragment.replace("DETAIL", "volume=shop/PersistentVolumeClaim/data-search-0"));
    // Colours move for a moment.
    Awaitility.await().until(() -> BROWSER.ask("document.getAnimations().length").equals(0L));

    assertThat(BROWSER.violations()).isEmpty();
    BROWSER.size(360, 800);
    assertThat(BROWSER.violations()).isEmpty();
    assertThat(BROWSER.ask("document.documentElement.scrollWidth")).isEqualTo(360L);
  }

  @Test
  void filtersNarrowAndAreInTheAddress() {
    BROWSER.open(AUDIT, "");

    BROWSER.find("#filters [name=q]").sendKeys("data ORDERS");
    assertThat(BROWSER.text("#shown")).isEqualTo("3 of 34 volumes");
    BROWSER.find("#filters [type=reset]").click();
    BROWSER.find("#filters [name=q]").sendKeys("no duration");
    assertThat(BROWSER.text("#table tbody .why")).startsWith("invalid contract: muster.dev/rpo");
    BROWSER.find("#filters [type=reset]").click();
    BROWSER.find("#filters [name=engine] option[value=postgresql]").click();
    BROWSER.find("#filters [name=namespace] option[value=billing]").click();
    BROWSER.find("#filters [name=class] option[value=fast]").click();
    assertThat(BROWSER.text("#shown")).isEqualTo("2 of 34 volumes");
    BROWSER.find(".tile[data-verdict=Proven]").click();
    assertThat(BROWSER.find(".tile[data-verdict=Proven]").getDomAttribute("aria-pressed"))
        .isEqualTo("true");
    assertThat(BROWSER.text("#shown")).isEqualTo("1 of 34 volumes");
    assertThat(BROWSER.fragment())
        .isEqualTo("namespace=billing&verdict=Proven&engine=postgresql&class=fast");

    BROWSER.reload();
    assertThat(BROWSER.text("#shown")).isEqualTo("1 of 34 volumes");
    assertThat(BROWSER.text("#table tbody")).contains("data-db-0");
    BROWSER.find(".tile[data-verdict=Stale]").click();
    BROWSER.find(".tile[data-verdict=Proven]").click();
    assertThat(BROWSER.text("#none")).startsWith("No volume is like that.");
    BROWSER.find("#none button").click();
    BROWSER.find("#filters [name=action]").click();
    assertThat(BROWSER.text("#shown")).isEqualTo("11 of 34 volumes");
  }

  @ParameterizedTest
  @CsvSource({
    "size,     fulfilment/db/tmp,        registry/registry-storage",
    "name,     billing/data-db-0,        shop/uploads",
    "newest,   mail/archive,             shop/data-sessions-0",
    "verdict,  mail/archive,             shop/image-cache"
  })
  void theHeadingSorts(String column, String first, String last) {
    BROWSER.open(AUDIT, "");

    BROWSER.find("th[data-column=%s] button".formatted(column)).click();
    assertThat(BROWSER.ask("document.querySelector('th[aria-sort=ascending]').dataset.column"))
        .isEqualTo(column);
    assertThat(row(1)).isEqualTo(first);
    BROWSER.find("th[data-column=%s] button".formatted(column)).click();
    assertThat(row(1)).isEqualTo(last);
    assertThat(BROWSER.fragment()).isEqualTo("sort=-" + column);
  }

  private static String row(int number) {
    String cell = "document.querySelector('#table tbody tr:nth-child(%d) .volume %s').textContent";
    return BROWSER.ask(cell.formatted(number, "small"))
        + "/"
        + BROWSER.ask(cell.formatted(number, "button"));
  }

  @Test
  void oneVolumeIsToldInFullByKeyboardAlone() {
    BROWSER.open(AUDIT, "q=data-search-0");
    BROWSER.find("th[data-column=why] button").sendKeys(Keys.TAB);
    assertThat(BROWSER.focused().getText()).isEqualTo("data-search-0");

    BROWSER.focused().sendKeys(Keys.ENTER);

    assertThat(BROWSER.text("#detail"))
        .contains("Failing", "kubectl describe the workload", "elasticsearch", "24 h")
        .contains("30 Nov 2026, 06:00 UTC", "DumpFailed", "snapshot repository [backup] missing");
    assertThat(BROWSER.fragment()).contains("volume=shop%2FPersistentVolumeClaim%2Fdata-search-0");
    BROWSER.focused().sendKeys(Keys.ESCAPE);
    assertThat(BROWSER.find("#detail").isDisplayed()).isFalse();
    assertThat(BROWSER.focused().getText()).isEqualTo("data-search-0");
    assertThat(BROWSER.fragment()).isEqualTo("q=data-search-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><img src=x onerror=window.hacked=1>",
        "<svg onload=window.hacked=1>",
        "javascript:window.hacked=1",
        "{{scripts}}",
        "__proto__",
        "\"><b id=hacked>\u202e"
      })
  void namesOfOthersAreTextAndNothingElse(String text) {
    Volume hostile =
        Volume.named(text, text)
            .storage(text, text)
            .of(text, text)
            .failed(java.time.Duration.ZERO, text, text)
            .problems(text)
            .is("Failing", text, text, text);
    CoverageReport report =
        new CoverageReport(text, Volume.NOW, true, List.of(hostile.line()), List.of(text));
    BROWSER.open(Audit.of(report), "");

    assertThat(BROWSER.ask("document.querySelector('#table tbody .volume button').textContent"))
        .isEqualTo(text);
    BROWSER.find("#table tbody .volume button").click();

    assertThat(BROWSER.ask("document.querySelector('#detail-title').textContent"))
        .isEqualTo(text + text);
    assertThat(BROWSER.ask("document.title")).isEqualTo("Backup coverage of " + text);
    assertThat(BROWSER.ask("'' + (window.hacked ?? 'inert')")).isEqualTo("inert");
    assertThat(
            BROWSER.ask(
                "document.images.length + document.querySelectorAll('b, tbody svg:not(.icon)').length"))
        .isEqualTo(0L);
    assertThat(BROWSER.text("#shown")).isEqualTo("1 volume");
  }

  @Test
  void rowsOfManyVolumesComeAsSomebodyLooks() {
    BROWSER.open(Audit.of(ManyVolumes.of(10_000)), "");

    assertThat((long) BROWSER.ask(ROWS)).isBetween(100L, 300L);
    Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> {
          BROWSER.ask("window.scrollTo(0, document.body.scrollHeight)");
          return (long) BROWSER.ask(ROWS) >= 400;
        });
    BROWSER.find("#filters [name=q]").sendKeys("service-07777");
    assertThat(BROWSER.text("#shown")).isEqualTo("1 of 10,000 volumes");
  }

  @Test
  void onPaperEverythingThatWasChosenIsThere() {
    BROWSER.open(Audit.of(ManyVolumes.of(500)), "verdict=Stale,Failing,Unknown");

    byte[] pdf = BROWSER.pdf();

    assertThat(new String(pdf, 0, 5, StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
    assertThat(BROWSER.ask(ROWS)).isEqualTo(150L);
    BROWSER.media("print", "dark");
    assertThat(BROWSER.find("#filters").isDisplayed()).isFalse();
    assertThat(BROWSER.find("#table").isDisplayed()).isTrue();
    assertThat(BROWSER.ask("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(BROWSER.ask("getComputedStyle(document.body).color")).isEqualTo("rgb(23, 32, 43)");
  }

  @Test
  void darkIsTheSystemsWordUntilSomebodyChooses() {
    String page = "getComputedStyle(document.body).backgroundColor";
    BROWSER.scheme("dark");
    BROWSER.open(AUDIT, "");
    assertThat(BROWSER.ask(page)).isEqualTo("rgb(15, 19, 24)");

    BROWSER.find("#theme").click();

    assertThat(BROWSER.ask(page)).isEqualTo("rgb(246, 247, 249)");
    BROWSER.reload();
    assertThat(BROWSER.ask(page)).isEqualTo("rgb(246, 247, 249)");
    BROWSER.ask("localStorage.clear()");
  }
}
