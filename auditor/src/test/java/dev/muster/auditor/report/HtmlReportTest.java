package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The page as text; what it does is tested in a browser.
class HtmlReportTest {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

  @Test
  void theReportIsInThePage() {
    JsonNode data = data(page(Audit.of(SampleReport.report())));

    assertThat(data.path("volumes")).hasSize(34);
    assertThat(data.at("/volumes/0/finding").asText()).isEqualTo("new");
    assertThat(data.at("/volumes/33/finding").asText()).isEqualTo("none");
    assertThat(data.path("trend")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</script><img src=x onerror=alert(1)>",
        "<!--<script>",
        "{{scripts}}",
        "$1 \\1",
        "]]>&lt;\u2028\u2029\"'`"
      })
  void textsOfOthersAreNoMarkup(String text) {
    String page = page(Audit.of(Volume.report(Volume.named(text, text))));
    String empty = page(Audit.of(Volume.report()));

    assertThat(data(page).at("/volumes/0/name").asText()).isEqualTo(text);
    assertThat(page.split("<", -1)).hasSameSizeAs(empty.split("<", -1));
  }

  @Test
  void onlyItsOwnStylesAndScriptsRun() {
    String page = page(Audit.of(SampleReport.report()));

    for (String element : List.of("style", "script type=\"module\"")) {
      Matcher inline =
          Pattern.compile("<%s>(.*?)</".formatted(element), Pattern.DOTALL).matcher(page);
      assertThat(inline.find()).isTrue();
      assertThat(page).contains("-src '" + PageParts.digest(inline.group(1)) + "';");
    }
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContainPattern("style=\"|onclick|<script src|@import|url\\(");
  }

  private static String page(Audit audit) {
    return new String(HtmlReport.render(audit), StandardCharsets.UTF_8);
  }

  private static JsonNode data(String page) {
    Matcher found = DATA.matcher(page);
    assertThat(found.find()).isTrue();
    return Schemas.tree(found.group(1).getBytes(StandardCharsets.UTF_8));
  }
}
