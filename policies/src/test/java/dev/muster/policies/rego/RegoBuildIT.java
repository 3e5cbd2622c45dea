package dev.muster.policies.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.policies.PolicyOutcome.Decided;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegoBuildIT {
  private static final String RULE =
      """
      package custom.tier

      warn contains {"rule": "tier", "message": data.custom.texts.tier} if not input.labels.app
      """;

  private final Opa opa = Opa.of(Tools.path("opa").toString());
  @TempDir private Path folder = Path.of(".");

  @Test
  void ownRuleSpeaksBesideThoseOfMuster() throws Exception {
    write("tier.rego", RULE);
    write("texts/data.yaml", "tier: tell the tier");

    try (var build = RegoBuild.of(opa, folder);
        var engine = WasmPolicyEngine.load(build.compile(), 1, Duration.ofSeconds(30))) {
      var input = JsonMapper.builder().build().readTree("{\"labels\":{}}");
      var decided = (Decided) engine.evaluate("muster/admission", input);

      assertThat(decided.value().path("warn").toString())
          .isEqualTo("[{\"message\":\"tell the tier\",\"rule\":\"tier\"}]");
    }
  }

  @Test
  void testsOfTheFolderAreRunAndTheirFailureIsTold() throws Exception {
    write("tier.rego", RULE);
    write("texts/data.yaml", "tier: tell the tier");
    write("tier_test.rego", test("tell the tier"));
    try (var build = RegoBuild.of(opa, folder)) {
      assertThat(build.test().passed()).isTrue();

      write("tier_test.rego", test("something else"));
      var failed = build.test();

      assertThat(failed.passed()).isFalse();
      assertThat(failed.text()).contains("test_asks").contains("FAIL: 1/1");
    }
  }

  @Test
  void noTestIsNoSuccess() throws Exception {
    write("tier.rego", RULE);
    try (var build = RegoBuild.of(opa, folder)) {
      assertThat(build.test().passed()).isFalse();
    }
  }

  @Test
  void packagesOfMusterAreNotReplaced() throws Exception {
    write("mine.rego", "package muster.rules.opt_out\n\nwarn contains 1");

    assertThatThrownBy(() -> RegoBuild.of(opa, folder))
        .isInstanceOf(RegoException.class)
        .hasMessageContaining("muster.rules.opt_out")
        .hasMessageContaining("custom.NAME");
  }

  @Test
  void whatDoesNotCompileIsToldWithItsPlace() throws Exception {
    write("wrong.rego", "package custom.wrong\n\nwarn contains 1 if input.x ==");

    assertThatThrownBy(() -> compile()).hasMessageContaining("wrong.rego:3");
  }

  @Test
  void rulesHaveNoNetwork() throws Exception {
    write("net.rego", "package custom.net\n\nwarn contains http.send({\"method\":\"get\"})");

    assertThatThrownBy(() -> compile())
        .isInstanceOf(RegoException.class)
        .hasMessageContaining("http.send");
  }

  @Test
  void folderWithoutRegoAndProgramThatIsNotThereAreTold() {
    assertThatThrownBy(() -> RegoBuild.of(opa, folder)).hasMessageContaining("no Rego");
    assertThatThrownBy(() -> Opa.of("no-such-opa")).hasMessageContaining("--opa");
  }

  private void compile() {
    try (var build = RegoBuild.of(opa, folder)) {
      build.compile();
    }
  }

  private void write(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String test(String expected) {
    return """
    package custom.tier_test

    import data.custom.tier

    test_asks if tier.warn == {{"rule": "tier", "message": "%s"}} with input as {"labels": {}}
    """
        .formatted(expected);
  }
}
