package dev.muster.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.policies.PolicyOutcome.Decided;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyInForceTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder = Path.of(".");
  private List<String> refusedByTrial = List.of();
  private PolicyInForce policy = PolicyInForce.always(WasmPolicyEngine.builtIn(1, LIMIT));

  @BeforeEach
  void mount() throws Exception {
    policy.close();
    knowing("postgres").write(folder);
    policy = PolicyInForce.mounted(folder, 1, LIMIT, this::trial);
  }

  @AfterEach
  void close() {
    policy.close();
  }

  @Test
  void changedPolicyDecidesFromThenOn() throws Exception {
    assertThat(engineOf(policy, "acmedb")).isEmpty();

    knowing("acmedb").write(folder);
    policy.look();

    assertThat(engineOf(policy, "acmedb")).isEqualTo("postgresql");
    assertThat(policy.digest()).isEqualTo(knowing("acmedb").digest());
  }

  @Test
  void evaluationsOnTheOneBeforeEndWell() throws Exception {
    var before = policy.current();

    knowing("acmedb").write(folder);
    policy.look();

    assertThat(engineOf(before, "postgres")).isEqualTo("postgresql");
  }

  @Test
  void brokenPolicyLeavesTheOneBeforeAndIsTold() throws Exception {
    var before = policy.digest();

    new PolicyBundle(new byte[] {0, 1, 2}, "{}".getBytes(UTF_8)).write(folder);
    policy.look();
    policy.look();

    assertThat(policy.digest()).isEqualTo(before);
    assertThat(policy.problem().orElseThrow()).contains("not a policy");

    knowing("acmedb").write(folder);
    policy.look();

    assertThat(policy.problem()).isEmpty();
    assertThat(policy.digest()).isNotEqualTo(before);
  }

  @Test
  void filesOfDifferentBuildsAreNoPolicy() throws Exception {
    var before = policy.digest();

    Files.write(folder.resolve("data.json"), knowing("acmedb").data());
    policy.look();

    assertThat(policy.digest()).isEqualTo(before);
    assertThat(policy.problem().orElseThrow()).contains("digest");
  }

  @Test
  void policyThatFailsItsTrialLeavesTheOneBefore() throws Exception {
    var before = policy.digest();
    refusedByTrial = List.of(knowing("acmedb").digest());

    knowing("acmedb").write(folder);
    policy.look();

    assertThat(policy.digest()).isEqualTo(before);
    assertThat(policy.problem()).contains("fails");
  }

  @Test
  void whatAloneTheTrialRefusedIsTriedAgainNowAndThen() throws Exception {
    var wanted = knowing("acmedb").digest();
    refusedByTrial = List.of(wanted);
    knowing("acmedb").write(folder);
    policy.look();
    refusedByTrial = List.of();

    for (int look = 0; look < 40; look++) {
      policy.look();
    }

    assertThat(policy.digest()).isEqualTo(wanted);
    assertThat(policy.problem()).isEmpty();
  }

  @Test
  void withoutAPolicyNothingStarts() throws Exception {
    Files.delete(folder.resolve("policy.wasm"));

    assertThatThrownBy(() -> PolicyInForce.mounted(folder, 1, LIMIT, this::trial))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("policy.wasm");
  }

  private void trial(PolicyEngine candidate) {
    if (refusedByTrial.contains(candidate.digest())) {
      throw new IllegalStateException("fails");
    }
  }

  /// Muster's policy, to which one more image is PostgreSQL.
  private static PolicyBundle knowing(String image) throws Exception {
    var builtIn = PolicyBundle.builtIn();
    var data = JSON.readTree(builtIn.data());
    data.withObject("/muster/signals/images").put(image, "postgresql");
    return new PolicyBundle(builtIn.wasm(), JSON.writeValueAsBytes(data));
  }

  private static String engineOf(PolicyEngine engine, String image) throws Exception {
    var input =
        JSON.readTree(
            """
            {"contract":{"engine":"auto"},
             "containers":[{"name":"db","image":"%s","ports":[],"environment":[],"mounts":[]}]}
            """
                .formatted(image));
    var decided = (Decided) engine.evaluate("muster/admission", input);
    return decided.value().path("engine").asText();
  }
}
