package dev.muster.auditor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Holds documents against schemas: those in docs/reference, and the official one of SARIF.
final class Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private Schemas() {}

  static String documented(String name) {
    try {
      return Files.readString(
          Path.of(System.getProperty("muster.root"), "docs", "reference", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sarif() {
    try (InputStream schema =
        Objects.requireNonNull(
            Schemas.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void holds(String schema, byte[] document) {
    Schema read = REGISTRY.getSchema(schema);
    String text = new String(document, StandardCharsets.UTF_8);
    assertThat(read.validate(text, InputFormat.JSON)).as(text).isEmpty();
  }

  static JsonNode tree(byte[] document) {
    try {
      return JSON.readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
