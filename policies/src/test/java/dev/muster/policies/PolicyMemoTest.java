package dev.muster.policies;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyMemoTest {
  private final List<JsonNode> asked = new ArrayList<>();
  private String digest = "a";
  private boolean broken;

  private final PolicyEngine policy =
      new PolicyEngine() {
        @Override
        public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
          asked.add(input);
          return broken
              ? new PolicyOutcome.Broken("trap")
              : new PolicyOutcome.Decided(
                  JsonNodeFactory.instance.textNode(input.asText() + " by " + digest));
        }

        @Override
        public String digest() {
          return digest;
        }
      };

  private final PolicyMemo<String, String> memo =
      new PolicyMemo<>(
          policy,
          "muster/audit",
          JsonNodeFactory.instance::textNode,
          (question, answer) -> answer.asText());

  @Test
  void equalQuestionsAreAskedOnce() {
    assertThat(of("x")).isEqualTo("x by a");
    assertThat(of("x")).isEqualTo("x by a");
    assertThat(of("y")).isEqualTo("y by a");

    assertThat(asked).hasSize(2);
  }

  @Test
  void anotherPolicyIsAskedAgain() {
    of("x");
    digest = "b";

    assertThat(of("x")).isEqualTo("x by b");
  }

  @Test
  void noAnswerIsNotKept() {
    broken = true;
    assertThat(of("x")).isEqualTo("broken: trap");
    broken = false;

    assertThat(of("x")).isEqualTo("x by a");
  }

  private String of(String question) {
    return memo.begin().of(question, reason -> "broken: " + reason);
  }
}
