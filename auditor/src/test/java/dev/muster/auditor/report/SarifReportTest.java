package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifReportTest {

  @Test
  void theOfficialSchemaHolds() {
    Schemas.holds(Schemas.sarif(), SarifReport.render(Audit.of(SampleReport.report())));
    Schemas.holds(Schemas.sarif(), SarifReport.render(Audit.of(Volume.report())));
    Schemas.holds(Schemas.sarif(), SarifReport.render(located("charts/my shop/db%20.yaml")));
  }

  @Test
  void findingsAreResultsAndTheirReasonsRules() {
    JsonNode run = run(Audit.of(SampleReport.report()));

    assertThat(run.at("/results")).hasSize(11);
    for (JsonNode result : run.at("/results")) {
      JsonNode rule = run.at("/tool/driver/rules").get(result.path("ruleIndex").asInt());
      assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
      assertThat(result.at("/locations/0/logicalLocations/0/fullyQualifiedName").asText())
          .matches("[a-z]+/(PersistentVolume|PersistentVolumeClaim|emptyDir)/.+");
    }
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id")).doesNotHaveDuplicates();
    assertThat(run.at("/invocations/0/toolExecutionNotifications")).hasSize(1);
  }

  @Test
  void theHelpOfARuleIsWhatAllItsVolumesNeed() {
    Volume one = Volume.named("shop", "a").is("Failing", "failing", "it failed", "look at A");
    Volume other = Volume.named("shop", "b").is("Failing", "failing", "it failed", "look at B");

    String help = "/tool/driver/rules/0/help/text";
    assertThat(run(Audit.of(Volume.report(one, one))).at(help).asText()).isEqualTo("look at A");
    assertThat(run(Audit.of(Volume.report(one, other))).at(help).asText()).isEqualTo("it failed");
  }

  @ParameterizedTest
  @CsvSource({
    "charts/shop/db.yaml,        charts/shop/db.yaml",
    "./charts/my shop/db.yaml,   charts/my%20shop/db.yaml",
    "../other/ü%.yaml,           ../other/%C3%BC%25.yaml",
    "/abs/db.yaml,               file:///abs/db.yaml"
  })
  void aManifestIsALocation(String file, String uri) {
    JsonNode location = run(located(file)).at("/results/0/locations/0/physicalLocation");

    assertThat(location.at("/artifactLocation/uri").asText()).isEqualTo(uri);
    assertThat(location.at("/region/startLine").asInt()).isEqualTo(7);
  }

  @Test
  void whatTheBaselineKnewIsUnchanged() {
    Volume known = Volume.named("shop", "old");
    Audit audit =
        new Audit(
            Volume.report(known, Volume.named("shop", "fresh")),
            line -> true,
            Baseline.read(JsonReport.render(Audit.of(Volume.report(known))), "before"),
            Sources.none(),
            List.of());

    assertThat(run(audit).at("/results").findValuesAsText("baselineState"))
        .containsExactly("new", "unchanged");
  }

  @Test
  void textsOfOthersAreNeitherPlaceholdersNorLinks() {
    Volume volume =
        Volume.named("shop", "data")
            .is("Failing", "failing", "{0} and [a](https://evil)", "see {1} [b](3)")
            .failed(Duration.ofHours(1), "Velero Backup/x", "{\"code\": 5} [c](4)");
    CoverageReport report = Volume.report(volume);
    Audit audit =
        Audit.of(
            new CoverageReport(
                report.cluster(), report.at(), true, report.volumes(), List.of("gap {2} [d](5)")));

    byte[] sarif = SarifReport.render(audit);

    Schemas.holds(Schemas.sarif(), sarif);
    List<String> texts = Schemas.tree(sarif).findValuesAsText("text");
    assertThat(texts)
        .contains("{{0}} and [a] (https://evil)", "see {{1}} [b] (3)", "gap {{2}} [d] (5)")
        .anyMatch(text -> text.contains("{{\"code\": 5}} [c] (4)"))
        .noneMatch(text -> text.contains("]("));
  }

  @Test
  void moreFindingsThanCodeScanningTakesAreLeftOutTheLeastBadFirst() {
    List<Line> volumes = new ArrayList<>();
    for (int i = 0; i < SarifReport.MOST; i++) {
      volumes.add(Volume.named("shop", "data-" + i).line());
    }
    volumes.add(Volume.named("shop", "late").is("Stale", "stale", "late", "see").line());
    volumes.add(Volume.named("shop", "later").is("Stale", "stale", "late", "see").line());

    JsonNode run = run(Audit.of(new CoverageReport("north", Volume.NOW, true, volumes, List.of())));

    assertThat(run.at("/results")).hasSize(SarifReport.MOST);
    assertThat(run.at("/tool/driver/rules").findValuesAsText("id")).containsExactly("nobody-asked");
    assertThat(run.at("/invocations/0/toolExecutionNotifications"))
        .singleElement()
        .satisfies(
            told -> assertThat(told.at("/message/text").asText()).startsWith("2 more findings"));
  }

  @Test
  void whatTheBaselineKnowsIsLeftOutFirst() {
    List<Line> known = new ArrayList<>();
    for (int i = 0; i < SarifReport.MOST; i++) {
      known.add(Volume.named("shop", "data-" + i).line());
    }
    List<Line> all = new ArrayList<>(known);
    all.add(Volume.named("shop", "late").is("Stale", "stale", "late", "see").line());
    Audit audit =
        new Audit(
            new CoverageReport("north", Volume.NOW, true, all, List.of()),
            line -> true,
            Baseline.read(
                JsonReport.render(
                    Audit.of(new CoverageReport("north", Volume.NOW, true, known, List.of()))),
                "before"),
            Sources.none(),
            List.of());

    JsonNode run = run(audit);

    assertThat(run.at("/results")).hasSize(SarifReport.MOST);
    assertThat(run.at("/results/0/baselineState").asText()).isEqualTo("new");
  }

  private static Audit located(String file) {
    Sources sources = new Sources();
    sources.put("shop", "StatefulSet", "db", new Source(file, 7));
    return new Audit(
        Volume.report(Volume.named("shop", "data-db-0").kind("template").of("StatefulSet/db", "")),
        line -> true,
        Baseline.none(),
        sources,
        List.of());
  }

  private static JsonNode run(Audit audit) {
    return Schemas.tree(SarifReport.render(audit)).at("/runs/0");
  }
}
