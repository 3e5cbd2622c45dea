package dev.muster.webhook.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Decodes a body as a tree within bounds: depth, length of strings, no key twice, valid UTF-8.
public final class ReviewReader {
  static final int MAX_DEPTH = 200;
  static final int MAX_STRING = 2 << 20;
  private static final int MAX_UID = 128;
  private static final int MAX_REASON = 200;

  private static final JsonFactory BOUNDED =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(4096)
                  .maxNumberLength(400)
                  .build())
          // Keys come from anybody: a table of them that all requests share could be filled by one
          // whose keys collide, and would then refuse the keys of others.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final ObjectReader TREE =
      JsonMapper.builder(BOUNDED)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  public Received read(byte[] body) {
    if (Encoding.sound(body) < body.length) {
      return doubtful(body, "it is not UTF-8");
    }
    JsonNode tree;
    try {
      tree = TREE.readTree(new String(body, UTF_8)); // a text: or UTF-16 would be taken as well
    } catch (JsonProcessingException e) {
      return doubtful(body, "it is not JSON within bounds: " + e.getOriginalMessage());
    } catch (IOException | StackOverflowError e) {
      return doubtful(body, "it is not readable");
    }
    if (Encoding.halfSurrogate(body)) {
      return doubtful(body, "it is not Unicode: half of a surrogate pair");
    }
    var request = tree.path("request");
    var uid = request.path("uid");
    if (!tree.path("kind").asText().equals("AdmissionReview")
        || !tree.path("apiVersion").asText().equals("admission.k8s.io/v1")) {
      return new Received.Unreadable("not an AdmissionReview of admission.k8s.io/v1");
    }
    if (!uid.isTextual() || !usable(uid.textValue())) {
      return new Received.Unreadable("the review has no request with a uid");
    }
    return new Received.Readable(review(uid.textValue(), request));
  }

  /// The uid of the request, found without reading more than needed and nothing behind the first
  /// fault; for answers to what is not read in full.
  public Optional<String> uid(byte[] body) {
    try (var parser = BOUNDED.createParser(new String(body, 0, Encoding.sound(body), UTF_8))) {
      return uid(parser);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Received doubtful(byte[] body, String why) {
    var reason = Printable.of(why, MAX_REASON);
    return uid(body)
        .<Received>map(uid -> new Received.Doubtful(uid, reason))
        .orElseGet(() -> new Received.Unreadable(reason));
  }

  /// Whether it comes back in an answer as it was.
  private static boolean usable(String uid) {
    return !uid.isEmpty() && uid.length() <= MAX_UID && Printable.is(uid);
  }

  private static Optional<String> uid(JsonParser parser) throws IOException {
    if (!enter(parser, "request")) {
      return Optional.empty();
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals("uid");
      if (parser.nextToken() == JsonToken.VALUE_STRING && found) {
        return Optional.of(parser.getText()).filter(ReviewReader::usable);
      }
      parser.skipChildren();
    }
    return Optional.empty();
  }

  private static boolean enter(JsonParser parser, String field) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = parser.currentName().equals(field);
      if (parser.nextToken() == JsonToken.START_OBJECT && found) {
        return true;
      }
      parser.skipChildren();
    }
    return false;
  }

  private static Review review(String uid, JsonNode request) {
    var kind = request.path("kind");
    var user = request.path("userInfo");
    return new Review(
        uid,
        kind.path("group").asText(""),
        kind.path("kind").asText(""),
        request.path("subResource").asText(""),
        request.path("operation").asText(""),
        request.path("namespace").asText(""),
        request.path("name").asText(""),
        request.path("dryRun").asBoolean(false),
        new Review.User(user.path("username").asText(""), groups(user.path("groups"))),
        present(request.path("object")),
        present(request.path("oldObject")));
  }

  private static Optional<JsonNode> present(JsonNode object) {
    return object.isObject() ? Optional.of(object) : Optional.empty();
  }

  private static Set<String> groups(JsonNode groups) {
    var names = new HashSet<String>();
    groups.forEach(each -> names.add(each.asText()));
    return names;
  }
}
