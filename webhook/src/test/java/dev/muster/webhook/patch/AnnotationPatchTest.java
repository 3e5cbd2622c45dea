package dev.muster.webhook.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.testkit.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationPatchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"{\"metadata\":{}}", "{\"metadata\":{\"annotations\":null}}"})
  @Covers("A6")
  void aMissingOrNullParentIsCreatedFirst(String object) throws Exception {
    var patch = AnnotationPatch.of(json(object), Map.of("a", "b"), List.of());

    assertThat(patch.json())
        .isEqualTo(
            json(
                """
                [{"op":"add","path":"/metadata/annotations","value":{}},
                 {"op":"add","path":"/metadata/annotations/a","value":"b"}]
                """));
    assertThat(patch.apply(json(object)))
        .isEqualTo(new Applied.To(json("{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}")));
  }

  @Test
  @Covers({"A7", "A8"})
  void keysAreEscapedAndNothingElseIsTouched() throws Exception {
    var object = json("{\"metadata\":{\"annotations\":{\"other/x\":\"1\"},\"uid\":\"u\"}}");

    var patch = AnnotationPatch.of(object, Map.of("muster.dev/plan~", "gold"), List.of());

    assertThat(patch.json())
        .isEqualTo(
            json(
                "[{\"op\":\"add\",\"path\":\"/metadata/annotations/muster.dev~1plan~0\",\"value\":\"gold\"}]"));
  }

  @Test
  @Covers("A3")
  void whatAlreadyHoldsIsNotWritten() throws Exception {
    var object = json("{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");

    assertThat(AnnotationPatch.of(object, Map.of("a", "b"), List.of("gone")).isEmpty()).isTrue();
  }

  @Test
  void whatShallBeGoneIsRemoved() throws Exception {
    var object = json("{\"metadata\":{\"annotations\":{\"a\":\"b\",\"c\":\"d\"}}}");

    var patch = AnnotationPatch.of(object, Map.of(), List.of("a"));

    assertThat(patch.apply(object))
        .isEqualTo(new Applied.To(json("{\"metadata\":{\"annotations\":{\"c\":\"d\"}}}")));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }
}
