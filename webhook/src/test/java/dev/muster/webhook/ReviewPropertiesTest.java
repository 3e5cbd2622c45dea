package dev.muster.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.http.Response;
import dev.muster.webhook.admission.Reviews;
import dev.muster.webhook.patch.Patch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fuzzer's eyes: each fault is seen.
class ReviewPropertiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      """
      {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"u",\
      "allowed":true,"auditAnnotations":{"decision":"0","bundle":"b"},"warnings":["w"]}}\
      """;

  @Test
  void aGoodAnswerIsRead() {
    var answer = Answer.of(json(GOOD));

    assertThat(answer.uid()).isEqualTo("u");
    assertThat(answer.allowed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"apiVersion\" | x{\"apiVersion\"",
        "\"kind\" | \"request\":{},\"kind\"",
        "k8s.io/v1 | k8s.io/v1beta1",
        "true | \"true\"",
        "true | false",
        "true | true,\"status\":{\"code\":200}",
        "true | false,\"status\":{\"code\":403,\"reason\":\"Forbidden\",\"status\":\"Failure\"}",
        "true | true,\"allowed\":true",
        "true | true,\"object\":{}",
        "true | true,\"patchType\":\"JSONPatch\"",
        "true | true,\"patch\":\"W10=\"",
        "true | true,\"patch\":\"W10=\",\"patchType\":\"JSONPatch\"",
        "true | true,\"patch\":\"eA==\",\"patchType\":\"JSONPatch\"",
        "[\"w\"] | []",
        "[\"w\"] | [\"\u00e9\"]",
        "[\"w\"] | [\"a\\nb\"]",
        "[\"w\"] | [\"1\",\"2\",\"3\",\"4\"]",
        "\"decision\":\"0\", | ``",
        "\"bundle\":\"b\" | \"bundle\":\"b\",\"Bad_key\":\"b\"",
      })
  void eachFaultOfAnAnswerIsSeen(String found, String instead) {
    assertThat(GOOD).contains(found);

    assertThatThrownBy(() -> Answer.of(json(GOOD.replace(found, instead))))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{'op':'add','path':'/metadata/annotations/foreign','value':'x'}]",
        "[{'op':'add','path':'/metadata/annotations/muster.dev~1plan','value':1}]",
        "[{'op':'add','path':'/metadata/annotations/muster.dev~1rpo','value':'1h'}]",
        "[{'op':'remove','path':'/metadata/annotations/muster.dev~1rpo'}]",
        "[{'op':'remove','path':'/metadata/annotations/theirs'}]",
        "[{'op':'add','path':'/metadata/annotations','value':{}}]",
        "[{'op':'add','path':'/metadata/labels','value':{}}]",
        "[{'op':'replace','path':'/spec','value':{}}]",
        "[{'op':'replace','path':'/spec/nothing','value':{}}]",
      })
  void eachFaultOfAPatchIsSeen(String patch) throws Exception {
    var object = Reviews.statefulSet(Map.of("muster.dev/rpo", "24h", "theirs", "x"));
    var read = Patch.read(JSON.readTree(patch.replace('\'', '"')));

    assertThatThrownBy(() -> PatchProperties.applied(read, object))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void ourKeysMayComeAndGo() throws Exception {
    var object = Reviews.statefulSet(Map.of("muster.dev/managed", "", "theirs", "x"));
    JsonNode patch =
        JSON.readTree(
            """
            [{"op":"remove","path":"/metadata/annotations/muster.dev~1managed"},
             {"op":"add","path":"/metadata/annotations/muster.dev~1plan","value":"gold"},
             {"op":"add","path":"/metadata/annotations/pre.hook.backup.velero.io~1timeout","value":"30s"}]
            """);

    var patched = PatchProperties.applied(Patch.read(patch), object);

    assertThat(patched.at("/metadata/annotations/muster.dev~1plan").asText()).isEqualTo("gold");
  }

  @Test
  void uidsAreFoundWhereverTheyAreSaidUpToTheFirstFault() {
    var body =
        "{\"request\":{\"uid\":\"a\",\"uid\":\"b\",\"x\":{\"uid\":\"no\"}},\"uid\":\"no\",nonsense";

    var said = Said.in(body.getBytes(StandardCharsets.UTF_8));

    assertThat(said.uids()).containsExactlyInAnyOrder("a", "b");
    assertThat(said.json()).isEmpty();
  }

  private static Response json(String text) {
    return Response.json(200, text.getBytes(StandardCharsets.UTF_8));
  }
}
