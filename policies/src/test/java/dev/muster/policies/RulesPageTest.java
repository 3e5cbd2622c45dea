package dev.muster.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RulesPageTest {
  private static final Path PAGE = Path.of("../docs/reference/rules.md");

  @Test
  void thePageSaysWhatTheRulesSay() throws Exception {
    String page = RulesPage.text();
    if (System.getenv().containsKey("MUSTER_WRITE_REFERENCE")) {
      Files.writeString(PAGE, page);
    }

    assertThat(page).as("run make reference").isEqualTo(Files.readString(PAGE));
  }

  @Test
  void everyRuleSaysWhatItIsFor() throws Exception {
    assertThat(RulesPage.rules())
        .isNotEmpty()
        .allSatisfy(rule -> {
          assertThat(rule.ids()).isNotEmpty();
          assertThat(rule.title()).isNotBlank();
          assertThat(rule.description()).isNotBlank();
          assertThat(rule.severity()).isIn("info", "warning", "error");
          assertThat(rule.controls()).isNotEmpty();
          assertThat(rule.says()).isNotEmpty();
        });
  }
}
