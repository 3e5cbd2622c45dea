package dev.muster.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a body says to a strict reader of text: found by another decoder and another parser than
/// the webhook's.
///
/// @param json the whole, if it is UTF-8 and JSON without a doubled key
/// @param uids every text that stands where the uid belongs, up to the first fault
record Said(Optional<JsonNode> json, Set<String> uids) {
  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  static Said in(byte[] body) {
    return new Said(json(body), uids(new String(body, StandardCharsets.UTF_8)));
  }

  static Optional<JsonNode> json(byte[] body) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Optional.of(STRICT.readTree(text));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Optional<JsonNode> object() {
    return json.map(each -> each.path("request").path("object")).filter(JsonNode::isObject);
  }

  private static Set<String> uids(String text) {
    var uids = new HashSet<String>();
    try (var parser = STRICT.getFactory().createParser(text)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING && isUid(parser)) {
          uids.add(parser.getText());
        }
      }
    } catch (IOException e) {
      // What stands before the fault was said.
    }
    return uids;
  }

  private static boolean isUid(JsonParser parser) {
    var request = parser.getParsingContext();
    var review = request.getParent();
    return "uid".equals(request.getCurrentName())
        && review != null
        && "request".equals(review.getCurrentName())
        && review.getParent().inRoot();
  }
}
