package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.EOFException;
import java.io.IOException;

/// Tokens of the binary form. Nothing marks the end of its objects, so the parser takes an answer
/// that breaks off between two fields for one that is whole: here that is an error.
final class WholeBinary extends JsonParserDelegate {
  WholeBinary(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token = delegate.nextToken();
    if (token == null) {
      throw new EOFException("the binary form ends within an object");
    }
    return token;
  }
}
