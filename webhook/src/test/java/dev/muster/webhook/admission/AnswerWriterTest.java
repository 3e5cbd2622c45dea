package dev.muster.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import dev.muster.webhook.patch.Operation;
import dev.muster.webhook.patch.Patch;
import dev.muster.webhook.patch.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
  private static final Patch NOTHING = new Patch(List.of());
  private static final Patch ONE =
      new Patch(
          List.of(
              new Operation.Add(
                  Pointer.of("metadata", "annotations", "a"), Reviews.json("\"ä\""))));

  @Test
  @Covers({"A1", "A2"})
  void uidIsEchoedAndTheRequestIsNotSentBack() {
    var answer = answer(new Outcome.NotApplicable("restored"));

    assertThat(answer.path("apiVersion").asText()).isEqualTo("admission.k8s.io/v1");
    assertThat(answer.path("kind").asText()).isEqualTo("AdmissionReview");
    assertThat(answer.path("response").path("uid").asText()).isEqualTo("the-uid");
    assertThat(answer.path("response").path("allowed").asBoolean()).isTrue();
    assertThat(answer.has("request")).isFalse();
  }

  @Test
  @Covers({"A3", "A4"})
  void patchAndItsTypeComeTogetherAsBase64() {
    var response = answer(decided(ONE, List.of(), Optional.empty())).path("response");

    assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
    var patch =
        new String(
            Base64.getDecoder().decode(response.path("patch").asText()), StandardCharsets.UTF_8);
    assertThat(Reviews.json(patch)).isEqualTo(ONE.json());
  }

  @Test
  @Covers("A3")
  void noMutationMeansNeitherPatchNorType() {
    var response = answer(decided(NOTHING, List.of(), Optional.empty())).path("response");

    assertThat(response.has("patch")).isFalse();
    assertThat(response.has("patchType")).isFalse();
    assertThat(response.has("warnings")).isFalse();
  }

  @Test
  @Covers("A15")
  void auditAnnotationsNameRulesBundleAndDecision() {
    var audit =
        answer(new Outcome.Decided(NOTHING, List.of(), Optional.empty(), List.of("one", "two")))
            .path("response")
            .path("auditAnnotations");

    assertThat(audit)
        .isEqualTo(
            Reviews.json(
                "{\"decision\":\"the-decision\",\"bundle\":\"sha256:b\",\"rules\":\"one,two\"}"));
  }

  @Test
  @Covers("A16")
  void atMostThreeWarningsOfShortAscii() {
    var many =
        IntStream.range(0, 5)
            .mapToObj(i -> "ä\n" + i + "x".repeat(300))
            .collect(Collectors.toList());

    var warnings =
        answer(decided(NOTHING, many, Optional.empty())).path("response").path("warnings");

    assertThat(warnings).hasSize(3);
    warnings.forEach(each -> assertThat(each.asText()).matches("[\\x20-\\x7e]{1,120}"));
    assertThat(warnings.get(2).asText()).contains("3 more");
  }

  @Test
  @Covers("A17")
  void denialIsA403WithReasonAndMessage() {
    var response = answer(decided(NOTHING, List.of(), Optional.of("use 24h"))).path("response");

    assertThat(response.path("allowed").asBoolean(true)).isFalse();
    assertThat(response.path("status"))
        .isEqualTo(
            Reviews.json(
                "{\"status\":\"Failure\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"muster: use 24h\"}"));
  }

  @Test
  void brokenIsAllowedWithAWarning() {
    var response = answer(new Outcome.Broken("policy failed")).path("response");

    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").get(0).asText()).contains("admitted unchanged");
    assertThat(response.has("patch")).isFalse();
  }

  private static Outcome decided(Patch patch, List<String> warnings, Optional<String> denial) {
    return new Outcome.Decided(patch, warnings, denial, List.of());
  }

  private static JsonNode answer(Outcome outcome) {
    var bytes = new AnswerWriter().write("the-uid", "the-decision", "sha256:b", outcome);
    return Reviews.json(new String(bytes, StandardCharsets.UTF_8));
  }
}
