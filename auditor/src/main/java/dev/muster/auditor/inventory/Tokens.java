package dev.muster.auditor.inventory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// An object's tokens, at the first token of a value whenever a method is called, and at its last
/// afterwards. A value may be absent or null; one of another shape is an error that names its
/// place.
final class Tokens {
  private static final String SMALL = "a whole number";

  private final JsonParser at;
  private final Words words;

  Tokens(JsonParser at, Words words) {
    this.at = at;
    this.words = words;
  }

  /// Reads the value of a field.
  interface Field {
    void read(String name) throws IOException;
  }

  /// Reads an element.
  interface Element {
    void read() throws IOException;
  }

  void object(Field field) throws IOException {
    if (given(JsonToken.START_OBJECT, "an object")) {
      while (at.nextToken() == JsonToken.FIELD_NAME) {
        String name = at.currentName();
        at.nextToken();
        field.read(name);
      }
    }
  }

  void array(Element element) throws IOException {
    if (given(JsonToken.START_ARRAY, "a list")) {
      while (at.nextToken() != JsonToken.END_ARRAY) {
        element.read();
      }
    }
  }

  /// Empty for null.
  String text() throws IOException {
    return given(JsonToken.VALUE_STRING, "a text") ? at.getText() : "";
  }

  /// A text that many objects say.
  String word() throws IOException {
    return given(JsonToken.VALUE_STRING, "a text")
        ? words.of(at.getTextCharacters(), at.getTextOffset(), at.getTextLength())
        : "";
  }

  /// A quantity may be written as a number.
  String quantity() throws IOException {
    return at.currentToken().isNumeric() ? at.getText() : text();
  }

  int number(int absent) throws IOException {
    if (!given(JsonToken.VALUE_NUMBER_INT, SMALL)) {
      return absent;
    }
    long value =
        at.getNumberType() == JsonParser.NumberType.BIG_INTEGER
            ? Long.MAX_VALUE
            : at.getLongValue();
    if (value != (int) value) {
      throw wrong(SMALL);
    }
    return (int) value;
  }

  boolean yes() throws IOException {
    return at.currentToken() == JsonToken.VALUE_TRUE;
  }

  Map<String, String> texts(Predicate<String> wanted) throws IOException {
    Map<String, String> texts = new HashMap<>();
    object(key -> {
      if (wanted.test(key)) {
        texts.put(key, word());
      } else {
        skip();
      }
    });
    return texts;
  }

  void skip() throws IOException {
    at.skipChildren();
  }

  private boolean given(JsonToken wanted, String said) {
    JsonToken found = at.currentToken();
    if (found != wanted && found != JsonToken.VALUE_NULL) {
      throw wrong(said);
    }
    return found == wanted;
  }

  private IllegalArgumentException wrong(String said) {
    return new IllegalArgumentException(
        "%s: %s is expected".formatted(at.getParsingContext().pathAsPointer(), said));
  }
}
