package dev.muster.auditor.inventory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.muster.cluster.BinaryForm;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An object's tokens, at the first token of a value whenever a method is called, and at its last
/// afterwards. A value may be absent or null; one of another shape is an error that names its
/// place.
///
/// Of JSON, or of the server's binary form, in which a map is a list of `key` and `value`, a time
/// an object with `seconds`, a quantity one with `string`. Its parser shows the first element of a
/// list without the list where it has passed something over before, and the rest as another list.
final class Tokens {
  private static final String SMALL = "a whole number";

  private final JsonParser at;
  private final Words words;
  private final boolean binary;

  Tokens(JsonParser at, Words words) {
    this.at = at;
    this.words = words;
    this.binary = BinaryForm.is(at);
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
    if (at.currentToken() == JsonToken.START_OBJECT && binary) {
      element.read();
    } else if (given(JsonToken.START_ARRAY, "a list")) {
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
    if (binary) {
      String[] quantity = {""};
      object(field -> quantity[0] = text());
      return quantity[0];
    }
    return at.currentToken().isNumeric() ? at.getText() : text();
  }

  /// Null where there is none.
  @Nullable Instant time() throws IOException {
    if (!binary) {
      return Timestamp.of(text());
    }
    Instant[] time = {null};
    object(field -> time[0] = Instant.ofEpochSecond(at.getLongValue()));
    return time[0];
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

  /// The fields of an object whose fields are not known before.
  void entries(Field entry) throws IOException {
    if (!binary) {
      object(entry);
      return;
    }
    array(() -> {
      String[] key = {""};
      object(field -> {
        if (field.equals("key")) {
          key[0] = word();
        } else {
          entry.read(key[0]);
        }
      });
    });
  }

  Map<String, String> texts(Predicate<String> wanted) throws IOException {
    Map<String, String> texts = new HashMap<>();
    entries(key -> {
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
