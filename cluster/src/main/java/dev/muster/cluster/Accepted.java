package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// In what form an answer may come.
///
/// @param header what is asked for
/// @param binary read where the server has it
record Accepted(String header, @Nullable BinaryForm binary) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String PLAIN = "application/json";

  static final Accepted JSON = new Accepted(PLAIN, null);

  /// @param header a kind of JSON
  static Accepted json(String header) {
    return new Accepted(header, null);
  }

  static Accepted binary(BinaryForm form) {
    return new Accepted(BinaryForm.MEDIA_TYPE + "," + PLAIN, form);
  }

  /// At the first token of an object.
  JsonParser open(@Nullable String contentType, InputStream body) throws IOException {
    if (binary != null && BinaryForm.is(contentType)) {
      return binary.open(body);
    }
    JsonParser at = MAPPER.createParser(body);
    if (at.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("no JSON object");
    }
    return at;
  }
}
