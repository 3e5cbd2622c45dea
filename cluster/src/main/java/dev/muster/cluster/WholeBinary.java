package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.EOFException;
import java.io.IOException;

/// Tokens of the binary form. Nothing marks the end of its objects, so the parser takes an answer
/// that breaks off between two fields for one that is whole: here that is an error.
final class WholeBinary extends JsonParserDelegate {

  /// The parser loses its place in texts of more than 8,000 bytes with characters beyond 16 bits
  /// (jackson-dataformat-protobuf 2.22). The same list as JSON can be read.
  static final class Unreadable extends IOException {
    Unreadable(IndexOutOfBoundsException cause) {
      super("a text of the binary form cannot be read", cause);
    }
  }

  WholeBinary(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    JsonToken token;
    try {
      token = delegate.nextToken();
    } catch (IndexOutOfBoundsException e) {
      throw new Unreadable(e);
    }
    if (token == null) {
      throw new EOFException("the binary form ends within an object");
    }
    return token;
  }

  @Override
  public String getText() throws IOException {
    try {
      return delegate.getText();
    } catch (IndexOutOfBoundsException e) {
      throw new Unreadable(e);
    }
  }

  @Override
  public char[] getTextCharacters() throws IOException {
    try {
      return delegate.getTextCharacters();
    } catch (IndexOutOfBoundsException e) {
      throw new Unreadable(e);
    }
  }
}
