package dev.muster.policies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.policies.PolicyOutcome.Broken;
import dev.muster.policies.PolicyOutcome.Decided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WasmPolicyEngineTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static WasmPolicyEngine engine;

  @BeforeAll
  static void load() {
    engine = WasmPolicyEngine.builtIn(2, Duration.ofSeconds(10));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void emptyInputIsUnknownAndNoSuccess() throws Exception {
    PolicyOutcome outcome = engine.evaluate("muster/audit", MAPPER.createObjectNode());

    assertThat(outcome).isInstanceOf(Decided.class);
    assertThat(((Decided) outcome).value().path("verdict").asText()).isEqualTo("Unknown");
  }

  @Test
  void unknownEntrypointIsBroken() {
    PolicyOutcome outcome = engine.evaluate("muster/nothing", MAPPER.createObjectNode());

    assertThat(outcome).isEqualTo(new Broken("the policy has no entrypoint muster/nothing"));
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws Exception {
    JsonNode input = Fixture.all().getFirst().input();
    String entrypoint = Fixture.all().getFirst().entrypoint();
    PolicyOutcome expected = engine.evaluate(entrypoint, input);

    List<Callable<PolicyOutcome>> work = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      work.add(() -> engine.evaluate(entrypoint, input));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var outcome : threads.invokeAll(work)) {
        assertThat(outcome.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void longInputGrowsTheMemoryWithinItsBound() {
    var input = MAPPER.createObjectNode();
    input.put("name", "x".repeat(1_000_000));

    assertThat(engine.evaluate("muster/audit", input)).isInstanceOf(Decided.class);
  }

  @Test
  void inputBeyondTheBoundIsBrokenAndTheEngineLivesOn() {
    var huge = MAPPER.createObjectNode();
    huge.put("name", "x".repeat(20_000_000));

    for (int i = 0; i < 5; i++) {
      assertThat(engine.evaluate("muster/audit", huge)).isInstanceOf(Broken.class);
    }
    assertThat(engine.evaluate("muster/audit", MAPPER.createObjectNode()))
        .isInstanceOf(Decided.class);
  }

  @Test
  void deepInputIsBrokenOrDecidedAndNeverThrows() {
    JsonNode deep = MAPPER.createArrayNode();
    for (int i = 0; i < 900; i++) {
      deep = MAPPER.createArrayNode().add(deep);
    }

    PolicyOutcome outcome =
        engine.evaluate("muster/admission", MAPPER.createObjectNode().set("labels", deep));

    assertThat(outcome).isNotNull();
  }

  @Test
  void passedDeadlineEndsTheEvaluationAndNotTheThread() {
    try (var hasty = WasmPolicyEngine.builtIn(1, Duration.ofMillis(1))) {
      var input = MAPPER.createObjectNode();
      var list = input.putArray("containers");
      for (int i = 0; i < 30_000; i++) {
        list.addObject().put("name", "c" + i).put("image", "postgres");
      }

      PolicyOutcome outcome = hasty.evaluate("muster/admission", input);

      assertThat(outcome).isInstanceOf(Broken.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void closedPolicyAnswersNothing() {
    var closed = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(1));
    closed.close();

    assertThat(closed.evaluate("muster/audit", MAPPER.createObjectNode()))
        .isEqualTo(new Broken("the policy is closed"));
  }

  @Test
  void policyCompiledAtRunTimeAnswersAlike() throws Exception {
    try (var other = WasmPolicyEngine.load(PolicyBundle.builtIn(), 1, Duration.ofSeconds(10))) {
      for (Fixture fixture : Fixture.all()) {
        assertThat(other.evaluate(fixture.entrypoint(), fixture.input()))
            .isEqualTo(engine.evaluate(fixture.entrypoint(), fixture.input()));
      }
      assertThat(other.digest()).isEqualTo(engine.digest());
    }
  }

  @Test
  void whatIsNoPolicyIsRefused() {
    assertThatThrownBy(() ->
            WasmPolicyEngine.load(
                new PolicyBundle(new byte[] {0, 1, 2, 3}, "{}".getBytes(UTF_8)),
                1,
                Duration.ofSeconds(1)))
        .isInstanceOf(PolicyException.class);
  }

  @Test
  void dataThatIsNoJsonIsRefused() {
    var wasm = PolicyBundle.builtIn().wasm();

    assertThatThrownBy(() ->
            WasmPolicyEngine.load(
                new PolicyBundle(wasm, "{".getBytes(UTF_8)), 1, Duration.ofSeconds(1)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("data");
  }

  @Test
  void nullInputIsDecidedLikeAnEmptyOne() {
    PolicyOutcome outcome = engine.evaluate("muster/audit", JsonNodeFactory.instance.nullNode());

    assertThat(outcome).isInstanceOf(Decided.class);
  }
}
