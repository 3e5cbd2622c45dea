package dev.muster.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.policies.ControlsPage.Control;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ControlsPageTest {
  private static final Path PAGE = Path.of("../docs/reference/controls.md");
  private static final Pattern PARAMETER =
      Pattern.compile("^\\| `controls\\.(?!scopes)([^`]+)` \\|", Pattern.MULTILINE);
  private static final Pattern SCOPED =
      Pattern.compile("^\\| `controls\\.scopes\\[]\\.([a-z-]+\\.[a-z-]+)` \\|", Pattern.MULTILINE);

  @Test
  void thePageSaysWhatTheControlsSay() throws Exception {
    String page = ControlsPage.text();
    if (System.getenv().containsKey("MUSTER_WRITE_REFERENCE")) {
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("run make reference").isEqualTo(Files.readString(PAGE));
  }

  @Test
  void everyControlSaysWhatItIsAfterAndWhatItNeeds() throws Exception {
    assertThat(ControlsPage.controls())
        .isNotEmpty()
        .allSatisfy(control -> {
          assertThat(control.ids()).containsExactly(control.id());
          assertThat(control.title()).isNotBlank();
          assertThat(control.description()).isNotBlank();
          assertThat(control.severity()).isIn("info", "warning", "error");
          assertThat(control.after()).isNotBlank();
          assertThat(control.evidence()).isNotBlank();
          assertThat(control.unevaluated()).isNotBlank();
        });
    assertThat(ControlsPage.controls().stream().filter(each -> !each.after().equals("(of Muster)")))
        .hasSize(11);
  }

  @Test
  void thePolicyAnswersTheControlsOfThePageAndNoOther() throws Exception {
    try (var engine = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10))) {
      var said =
          (PolicyOutcome.Decided)
              engine.evaluate("muster/controls", JsonNodeFactory.instance.objectNode());

      assertThat(said.value().path("results").valueStream().map(each -> each.path("id").asText()))
          .containsExactlyElementsOf(
              ControlsPage.controls().stream().map(Control::id).sorted().toList());
    }
  }

  @Test
  void everyControlPassesFailsAndIsNotEvaluatedInAFixture() throws Exception {
    Set<String> said = new TreeSet<>();
    for (Fixture fixture : Fixture.all()) {
      if (fixture.entrypoint().equals("muster/controls")) {
        for (JsonNode each : fixture.expected().path("results")) {
          said.add(each.path("id").asText() + " " + each.path("status").asText());
        }
      }
    }

    for (Control control : ControlsPage.controls()) {
      assertThat(said)
          .contains(
              control.id() + " pass", control.id() + " fail", control.id() + " not-evaluated");
    }
  }

  @Test
  void everyParameterIsConfiguredForAllAndForAScope() throws Exception {
    String configuration = Files.readString(Path.of("../docs/reference/configuration.md"));
    Set<String> parameters = new TreeSet<>();
    ControlsPage.controls()
        .forEach(each -> each.parameters().forEach(name -> parameters.add(each.id() + "." + name)));

    assertThat(keys(PARAMETER, configuration)).isEqualTo(parameters);
    assertThat(keys(SCOPED, configuration)).isEqualTo(parameters);
  }

  private static Set<String> keys(Pattern row, String page) {
    return row.matcher(page)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
