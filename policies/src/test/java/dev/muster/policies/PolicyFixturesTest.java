package dev.muster.policies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Java's engine answers every fixture as `opa test` does.
class PolicyFixturesTest {
  private static WasmPolicyEngine engine;

  @BeforeAll
  static void load() {
    engine = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static List<Fixture> fixtures() throws IOException {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void fixtureIsAnsweredAsByOpa(Fixture fixture) {
    PolicyOutcome outcome = engine.evaluate(fixture.entrypoint(), fixture.input());

    assertThat(outcome).isEqualTo(new PolicyOutcome.Decided(fixture.expected()));
  }

  @Test
  void everyEntrypointHasFixtures() throws IOException {
    assertThat(Fixture.all())
        .extracting(Fixture::entrypoint)
        .contains("muster/admission", "muster/audit", "muster/controls", "muster/engine");
  }
}
