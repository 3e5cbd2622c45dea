package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.Metadata.Controller;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `metadata`.
final class MetadataReader {
  /// A second copy of the whole object.
  private static final String COPY = "kubectl.kubernetes.io/last-applied-configuration";

  private final Tokens tokens;
  private final Pool pool;
  private String namespace = "";
  private String name = "";
  private String uid = "";
  private Map<String, String> labels = Map.of();
  private Map<String, String> annotations = Map.of();
  private @Nullable Controller controller;
  private @Nullable Instant created;

  private MetadataReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
  }

  static Metadata read(Tokens tokens, Pool pool) throws IOException {
    MetadataReader reader = new MetadataReader(tokens, pool);
    tokens.object(reader::field);
    return new Metadata(
        reader.namespace,
        reader.name,
        reader.uid,
        reader.labels,
        reader.annotations,
        reader.controller,
        reader.created);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "namespace" -> namespace = pool.one(tokens.text());
      case "name" -> name = tokens.text();
      case "uid" -> uid = tokens.text();
      case "labels" -> labels = pool.one(Map.copyOf(tokens.texts(key -> true)));
      case "annotations" ->
          annotations = pool.one(Map.copyOf(tokens.texts(key -> !key.equals(COPY))));
      case "ownerReferences" -> tokens.array(this::owner);
      case "creationTimestamp" -> created = time(tokens.text());
      default -> tokens.skip();
    }
  }

  private void owner() throws IOException {
    OwnerReader owner = new OwnerReader(tokens);
    tokens.object(owner::field);
    if (owner.controls) {
      controller = pool.one(new Controller(owner.apiVersion, owner.kind, owner.name));
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /// One of the owners.
  private static final class OwnerReader {
    private final Tokens tokens;
    private String apiVersion = "";
    private String kind = "";
    private String name = "";
    private boolean controls;

    private OwnerReader(Tokens tokens) {
      this.tokens = tokens;
    }

    private void field(String field) throws IOException {
      switch (field) {
        case "apiVersion" -> apiVersion = tokens.text();
        case "kind" -> kind = tokens.text();
        case "name" -> name = tokens.text();
        case "controller" -> controls = tokens.yes();
        default -> tokens.skip();
      }
    }
  }
}
