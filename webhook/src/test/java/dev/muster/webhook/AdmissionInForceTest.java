package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.config.Configuration.Level;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.InvalidConfigurationException;
import dev.muster.http.Metrics;
import dev.muster.http.Request;
import dev.muster.policies.PolicyBundle;
import dev.muster.policies.PolicyInForce;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.Covers;
import dev.muster.webhook.admission.Reviews;
import dev.muster.webhook.admission.Stage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionInForceTest {
  private static final String PLANS =
      """
      plans: { standard: { schedule: "H 2 * * *" }, gold: { schedule: "H 1 * * *" } }
      """;

  private final Metrics metrics = new Metrics();
  private final PolicyInForce policy =
      PolicyInForce.always(WasmPolicyEngine.builtIn(1, Duration.ofSeconds(30)));
  private String mounted = PLANS + "default-plan: standard";
  private final AdmissionInForce admission =
      AdmissionInForce.following(this::rules, policy, metrics);

  @AfterEach
  void end() {
    admission.close();
    policy.close();
  }

  @Test
  void changedRulesAreInForceWithoutARestart() throws Exception {
    assertThat(patch()).contains("standard");

    mounted = PLANS + "default-plan: gold";
    admission.look();

    assertThat(patch()).contains("gold").doesNotContain("standard");
  }

  @Test
  void unreadableRulesLeaveThoseBeforeAndAreLoud() throws Exception {
    mounted = PLANS + "default-plan: silver";
    admission.look();

    assertThat(patch()).contains("standard");
    assertThat(metrics.scrape()).contains("muster_configuration_stale 1.0");

    mounted = PLANS + "default-plan: gold";
    admission.look();

    assertThat(patch()).contains("gold");
    assertThat(metrics.scrape()).contains("muster_configuration_stale 0.0");
  }

  @Test
  @Covers("O2")
  void changedPolicyIsInForceAndABrokenOneIsLoud(@TempDir Path folder) throws Exception {
    bundle("postgres").write(folder);
    var trial = new PolicyTrial(this::rules, InstantSource.system());
    try (var followed = PolicyInForce.mounted(folder, 1, Duration.ofSeconds(30), trial);
        var inForce = AdmissionInForce.following(this::rules, followed, metrics)) {
      bundle("acmedb").write(folder);
      inForce.look();
      assertThat(inForce.get().policyDigest()).isEqualTo(bundle("acmedb").digest());

      new PolicyBundle(new byte[8], bundle("acmedb").data()).write(folder);
      inForce.look();

      assertThat(inForce.get().policyDigest()).isEqualTo(bundle("acmedb").digest());
      assertThat(metrics.scrape()).contains("muster_policy_stale 1.0");
    }
  }

  /// Muster's policy, to which one more image is PostgreSQL.
  private static PolicyBundle bundle(String image) throws Exception {
    var data = new ObjectMapper().readTree(PolicyBundle.builtIn().data());
    data.withObject("/muster/signals/images").put(image, "postgresql");
    return new PolicyBundle(
        PolicyBundle.builtIn().wasm(), data.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void rulesThatCannotBeReadAtTheStartAreThrown() {
    mounted = "plans: soon";

    assertThatThrownBy(() -> AdmissionInForce.following(this::rules, policy, metrics))
        .isInstanceOf(InvalidConfigurationException.class);
  }

  private WebhookRules rules() {
    return new WebhookRules(
        ConfigurationReader.read("mounted", mounted), EngineProfilesReader.read(Optional.empty()));
  }

  private String patch() throws Exception {
    var handler =
        new ReviewHandler(
            Stage.MUTATE,
            Level.WARN,
            admission,
            ReviewLog.of(metrics),
            InstantSource.fixed(Instant.parse("2026-11-01T00:00:00Z")),
            new LargeBodies());
    var headers = Map.of("content-type", "application/json");
    var body = Reviews.body(Reviews.statefulSet(Map.of()), request -> {});
    var answer = handler.handle(new Request("POST", "/", Map.of(), headers, Map.of(), body));
    var patch = new ObjectMapper().readTree(answer.body()).at("/response/patch").asText();
    return new String(Base64.getDecoder().decode(patch), StandardCharsets.UTF_8);
  }
}
