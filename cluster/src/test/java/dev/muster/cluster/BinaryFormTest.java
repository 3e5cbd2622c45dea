package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.protobuf.ProtobufMapper;
import com.fasterxml.jackson.dataformat.protobuf.schema.ProtobufSchemaLoader;
import io.fabric8.kubernetes.api.model.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BinaryFormTest {
  /// As a server has them.
  private static final String WHOLE =
      """
      message Answer { optional Type typeMeta = 1; optional PodList raw = 2; }
      message Type { optional string apiVersion = 1; }
      message PodList { optional ListMeta metadata = 1; repeated Pod items = 2; }
      message ListMeta { optional string resourceVersion = 2; optional string continue = 3; }
      message Pod { optional Metadata metadata = 1; repeated Note notes = 9; optional bool shown = 20; optional bool up = 21; }
      message Metadata { optional string name = 1; optional string selfLink = 4; optional string uid = 5; }
      message Note { optional string text = 1; }
      """;

  private static final BinaryForm WANTED =
      new BinaryForm.Definitions(
              """
              message Answer { optional PodList raw = 2; }
              message PodList { optional ListMeta metadata = 1; repeated Pod items = 2; }
              message ListMeta { optional string continue = 3; }
              message Pod { optional Metadata metadata = 1; repeated Note notes = 9; }
              message Metadata { optional string name = 1; }
              message Note { optional string text = 1; }
              """)
          .of("Answer");

  @Test
  void onlyWhatIsWantedIsRead() throws IOException {
    List<String> names = new ArrayList<>();

    String token = page(answer(), names);

    assertThat(token).isEqualTo("more");
    assertThat(names).containsExactly("db-0", "db-1", "db-2");
  }

  @Test
  void anAnswerThatBreaksOffAnywhereIsNeverTakenForAWholeOne() throws IOException {
    byte[] whole = answer();

    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> page(part, new ArrayList<>()))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class);
    }
  }

  /// A pair of characters on the edge of its buffer, whatever size that has grown to. Whoever lists
  /// asks for JSON then.
  @Test
  void aTextThatTheParserCannotReadIsTold() throws IOException {
    byte[] answer =
        binary(
            WHOLE,
            Map.of(
                "raw",
                Map.of(
                    "items",
                    List.of(
                        Map.of("metadata", Map.of("name", "\uD834\uDD1E".repeat(99_999) + "a")),
                        Map.of("metadata", Map.of("name", "a" + "\uD834\uDD1E".repeat(99_999)))))));

    assertThatThrownBy(() -> page(answer, new ArrayList<>()))
        .isInstanceOf(WholeBinary.Unreadable.class);
  }

  @Test
  void anotherFormIsRefused() {
    byte[] json = "{\"items\":[]}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> page(json, new ArrayList<>()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("binary form");
  }

  @Test
  void refusalsKeepWhatTheServerSays() throws IOException {
    byte[] answer =
        binary(
            """
            message Answer { optional Type typeMeta = 1; optional Status raw = 2; }
            message Type { optional string kind = 2; }
            message Status {
              optional string status = 2;
              optional string message = 3;
              optional string reason = 4;
              optional int32 code = 6;
            }
            """,
            Map.of(
                "raw",
                Map.of(
                    "status", "Failure",
                    "message", "pods is forbidden",
                    "reason", "Forbidden",
                    "code", 403)));

    Status status = BinaryForm.status(new ByteArrayInputStream(answer));

    assertThat(status.getMessage()).isEqualTo("pods is forbidden");
    assertThat(status.getReason()).isEqualTo("Forbidden");
    assertThat(status.getCode()).isEqualTo(403);
  }

  private static byte[] answer() throws IOException {
    List<Map<String, Object>> pods = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // In the order of their numbers, as servers write them.
      Map<String, Object> metadata =
          new TreeMap<>(Map.of("name", "db-" + i, "selfLink", "", "uid", "u-" + i));
      pods.add(
          new TreeMap<>(
              Map.of(
                  "metadata",
                  metadata,
                  "notes",
                  List.of(Map.of("text", "one"), Map.of("text", "two")),
                  "shown",
                  true,
                  "up",
                  true)));
    }
    return binary(
        WHOLE,
        Map.of(
            "raw",
            Map.of(
                "metadata", Map.of("resourceVersion", "17", "continue", "more"), "items", pods)));
  }

  private static byte[] binary(String definitions, Map<String, Object> content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {'k', '8', 's', 0});
    out.write(
        new ProtobufMapper()
            .writer(ProtobufSchemaLoader.std.parse(definitions))
            .writeValueAsBytes(content));
    return out.toByteArray();
  }

  private static String page(byte[] answer, List<String> names) throws IOException {
    try (JsonParser at = WANTED.open(new ByteArrayInputStream(answer))) {
      return new ListPage<>(BinaryFormTest::name, names).read(at);
    }
  }

  private static String name(JsonParser pod) throws IOException {
    String name = "";
    for (JsonToken token = pod.nextToken();
        token != null && token != JsonToken.END_OBJECT;
        token = pod.nextToken()) {
      if (token == JsonToken.VALUE_STRING && pod.currentName().equals("name")) {
        name = pod.getText();
      }
      if (token == JsonToken.START_OBJECT) {
        name += name(pod);
      }
    }
    return name;
  }
}
