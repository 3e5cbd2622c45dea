package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/// One page of a list, as it comes.
final class ListPage<T> {
  private final ItemReading<T> reading;
  private final List<T> into;

  ListPage(ItemReading<T> reading, List<T> into) {
    this.reading = reading;
    this.into = into;
  }

  /// Adds its items; returns the token that continues it, empty for the last.
  String read(JsonParser at) throws IOException {
    String token = "";
    while (at.nextToken() == JsonToken.FIELD_NAME) {
      String field = at.currentName();
      at.nextToken();
      switch (field) {
        case "items" -> items(at);
        case "metadata" -> token = token(at);
        default -> at.skipChildren();
      }
    }
    return token;
  }

  private void items(JsonParser at) throws IOException {
    if (at.currentToken() == JsonToken.START_OBJECT) {
      // The first of a list in the binary form after a field that was passed over.
      into.add(reading.read(at));
      return;
    }
    // null where there are none
    while (at.currentToken() != JsonToken.VALUE_NULL && at.nextToken() != JsonToken.END_ARRAY) {
      into.add(reading.read(at));
    }
  }

  private static String token(JsonParser at) throws IOException {
    String token = "";
    if (at.currentToken() != JsonToken.START_OBJECT) {
      at.skipChildren();
      return token;
    }
    while (at.nextToken() == JsonToken.FIELD_NAME) {
      String field = at.currentName();
      at.nextToken();
      if (field.equals("continue") && at.currentToken() == JsonToken.VALUE_STRING) {
        token = at.getText();
      } else {
        at.skipChildren();
      }
    }
    return token;
  }
}
