package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The pages of rights say what the chart grants, no more and no less.
class RbacPageIT {

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");
  private static final String SOMEBODY_ELSES = "only the one that somebody else keeps";

  @ParameterizedTest
  @CsvSource({
    "self-managed, '', muster-serving",
    "cert-manager, '', muster-issued",
    "secret, own-tls, own-tls"
  })
  void thePageIsWhatTheChartGrants(String mode, String given, String secret) throws IOException {
    List<JsonNode> chart =
        Chart.rendered(
            "certificates.mode=\"" + mode + "\"", "certificates.secret=\"" + given + "\"");

    assertThat(published(mode, secret)).isEqualTo(granted(chart, "muster-(auditor.*|runner)"));
  }

  @Test
  void theDrillsPageIsWhatTheChartGrants() throws IOException {
    String page = page("rbac-drill.md");
    String drill = page.substring(page.indexOf("## Service"), page.indexOf("### What RBAC cannot"));

    assertThat(published(drill, "", "")).isEqualTo(granted(Chart.rendered(), "muster-drill.*"));
  }

  private static String page(String name) throws IOException {
    return Files.readString(Chart.folder().resolve("../../docs/reference/" + name));
  }

  private static Set<String> granted(List<JsonNode> chart, String roles) {
    Set<String> all = new TreeSet<>();
    Stream.of("ClusterRole", "Role")
        .flatMap(kind -> Chart.of(chart, kind).stream())
        .filter(role -> role.at("/metadata/name").asText().matches(roles))
        .flatMap(role -> role.path("rules").valueStream())
        .forEach(rule -> {
          for (String group : texts(rule.path("apiGroups"))) {
            add(
                all,
                group.isEmpty() ? "core" : group,
                texts(rule.path("resources")),
                texts(rule.path("resourceNames")),
                texts(rule.path("verbs")));
          }
        });
    return all;
  }

  private static Set<String> published(String mode, String secret) throws IOException {
    String page = page("rbac.md");
    String auditor = page.substring(page.indexOf("## auditor"), page.indexOf("## drill"));
    return published(auditor, mode, secret);
  }

  private static Set<String> published(String tables, String mode, String secret) {
    Set<String> all = new TreeSet<>();
    List<String> header = List.of();
    for (String line : tables.lines().toList()) {
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      if (!line.startsWith("|")) {
        header = List.of();
      } else if (header.isEmpty()) {
        header = cells;
      } else if (!cells.get(1).startsWith("---")) {
        int verbs = Math.max(header.indexOf("Verbs"), header.indexOf("`" + mode + "`"));
        add(
            all,
            cells.get(1),
            resources(cells.get(2)),
            names(cells.get(2), secret),
            words(cells.get(verbs)));
      }
    }
    return all;
  }

  private static void add(
      Set<String> all,
      String group,
      List<String> resources,
      List<String> names,
      List<String> verbs) {
    for (String resource : resources) {
      for (String name : names.isEmpty() ? List.of("*") : names) {
        verbs.forEach(verb -> all.add(group + "/" + resource + "/" + name + " " + verb));
      }
    }
  }

  private static List<String> resources(String cell) {
    return words(NAME.matcher(cell.replace(SOMEBODY_ELSES, "")).replaceAll("").replace("only", ""));
  }

  private static List<String> names(String cell, String secret) {
    List<String> names =
        new ArrayList<>(NAME.matcher(cell).results().map(RbacPageIT::inside).toList());
    if (cell.contains(SOMEBODY_ELSES)) {
      names.add(secret);
    }
    return names;
  }

  private static String inside(MatchResult found) {
    return found.group(1);
  }

  private static List<String> words(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
