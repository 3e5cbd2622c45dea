package dev.muster.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// YAML as trees; a key that is given twice is an error, and so is an alias, which would be read as
/// a text with its name.
public final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private Yaml() {}

  /// The one document of a text.
  static JsonNode tree(String text) throws IOException {
    refuseAliases(text);
    JsonNode first = MAPPER.readTree(text);
    if (first.isObject() && read(text).size() > 1) {
      throw new IOException("there is a second document, of which nothing would count");
    }
    return first;
  }

  /// Each document of a text; empty ones as null or an empty text.
  ///
  /// @throws IOException for what is no YAML, with line and column
  public static List<JsonNode> documents(String text) throws IOException {
    return located(text).stream().map(YamlDocument::tree).toList();
  }

  /// The same, each with its place.
  public static List<YamlDocument> located(String text) throws IOException {
    refuseAliases(text);
    return read(text);
  }

  private static List<YamlDocument> read(String text) throws IOException {
    List<YamlDocument> all = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNextValue()) {
        int line = documents.getParser().currentTokenLocation().getLineNr();
        all.add(new YamlDocument(documents.nextValue(), line));
      }
    }
    return all;
  }

  /// The first line of what is wrong.
  static String reason(IOException e) {
    String message =
        e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("unreadable");
  }

  private static void refuseAliases(String text) throws IOException {
    if (text.indexOf('*') < 0) {
      return;
    }
    try (YAMLParser parser = MAPPER.getFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.isCurrentAlias()) {
          JsonLocation where = parser.currentTokenLocation();
          throw new IOException(
              "line %d, column %d: the alias *%s is not followed; write the value instead"
                  .formatted(where.getLineNr(), where.getColumnNr(), parser.getText()));
        }
      }
    }
  }

  static JsonNode empty() {
    return MissingNode.getInstance();
  }
}
