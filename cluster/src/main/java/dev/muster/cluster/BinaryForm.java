package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.protobuf.ProtobufMapper;
import com.fasterxml.jackson.dataformat.protobuf.schema.NativeProtobufSchema;
import com.fasterxml.jackson.dataformat.protobuf.schema.ProtobufSchema;
import com.fasterxml.jackson.dataformat.protobuf.schema.ProtobufSchemaLoader;
import io.fabric8.kubernetes.api.model.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is read of a list of Kubernetes' own objects in their binary form, a quarter of the size of
/// JSON: of all that is not defined here no byte is looked at. Its tokens are those of JSON, but
/// maps are lists of `key` and `value`, what JSON shows inline may be an object of its own, and
/// times and quantities are objects.
///
/// `application/vnd.kubernetes.protobuf`: four bytes, then `runtime.Unknown`, whose `raw` is the
/// list.
public final class BinaryForm {
  static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] BEGINNING = {'k', '8', 's', 0};
  private static final ProtobufMapper PROTOBUF = new ProtobufMapper();
  private static final BinaryForm STATUS =
      new Definitions(
              """
              message Answer { optional Status raw = 2; }
              message Status {
                optional string status = 2;
                optional string message = 3;
                optional string reason = 4;
                optional int32 code = 6;
              }
              """)
          .of("Answer");

  private final ProtobufSchema schema;

  private BinaryForm(ProtobufSchema schema) {
    this.schema = schema;
  }

  /// Messages of the language of Protocol Buffers.
  public static final class Definitions {
    private final NativeProtobufSchema all;

    /// @throws IllegalArgumentException for a text of another language
    public Definitions(String text) {
      try {
        this.all = ProtobufSchemaLoader.std.parseNative(text);
      } catch (IOException e) {
        throw new IllegalArgumentException("definitions of the binary form cannot be read", e);
      }
    }

    /// @param message with the list as `raw`
    public BinaryForm of(String message) {
      return new BinaryForm(all.forType(message));
    }
  }

  /// Whether an answer is of the binary form.
  static boolean is(@Nullable String contentType) {
    return contentType != null && contentType.startsWith(MEDIA_TYPE);
  }

  /// Whether these are tokens of the binary form.
  public static boolean is(JsonParser at) {
    return at instanceof WholeBinary;
  }

  /// What a server says that refuses something.
  static Status status(InputStream body) throws IOException {
    Status status = new Status();
    try (JsonParser at = STATUS.open(body)) {
      while (at.nextToken() == JsonToken.FIELD_NAME) {
        String field = at.currentName();
        at.nextToken();
        switch (field) {
          case "status" -> status.setStatus(at.getText());
          case "message" -> status.setMessage(at.getText());
          case "reason" -> status.setReason(at.getText());
          default -> status.setCode(at.getIntValue());
        }
      }
    }
    return status;
  }

  /// At the first token of the list.
  JsonParser open(InputStream body) throws IOException {
    if (!Arrays.equals(body.readNBytes(BEGINNING.length), BEGINNING)) {
      throw new IOException("no binary form of Kubernetes' objects");
    }
    JsonParser parser = PROTOBUF.getFactory().createParser(body);
    parser.setSchema(schema);
    parser.enable(JsonParser.Feature.IGNORE_UNDEFINED);
    JsonParser at = new WholeBinary(parser);
    if (at.nextToken() != JsonToken.START_OBJECT
        || at.nextToken() != JsonToken.FIELD_NAME
        || at.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("no list in the binary form of Kubernetes' objects");
    }
    return at;
  }
}
