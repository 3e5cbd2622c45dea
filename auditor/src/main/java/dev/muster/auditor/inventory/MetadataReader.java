package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.Metadata.Controller;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads `metadata`.
final class MetadataReader {
  /// Of annotations that nobody asks for: what controllers of Kubernetes note for themselves, and
  /// kubectl's second copy of the whole object.
  private static final List<String> NOTES =
      List.of(
          "pv.kubernetes.io/",
          "volume.kubernetes.io/",
          "volume.beta.kubernetes.io/",
          "deployment.kubernetes.io/",
          "kubectl.kubernetes.io/");

  private final Tokens tokens;
  private final Pool pool;
  private final Keep keep;
  private String namespace = "";
  private String name = "";
  private String uid = "";
  private Map<String, String> labels = Map.of();
  private Map<String, String> annotations = Map.of();
  private @Nullable Controller controller;
  private @Nullable Instant created;

  private MetadataReader(Tokens tokens, Pool pool, Keep keep) {
    this.keep = keep;
    this.tokens = tokens;
    this.pool = pool;
  }

  /// How much is kept of it.
  enum Keep {
    NAME,
    /// What tells a Pod from another.
    IDENTITY,
    /// With labels and annotations, in which most of the words are.
    ALL
  }

  static Metadata read(Tokens tokens, Pool pool, Keep keep) throws IOException {
    MetadataReader reader = new MetadataReader(tokens, pool, keep);
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
      case "namespace" -> namespace = tokens.word();
      case "name" -> name = keep == Keep.IDENTITY ? tokens.text() : pool.name(tokens.text());
      case "uid" -> uid = keep == Keep.NAME ? "" : tokens.text();
      case "labels" -> labels = with(labels, words(key -> true));
      case "annotations" -> annotations = with(annotations, words(key -> !noted(key)));
      case "ownerReferences" -> tokens.array(this::owner);
      case "creationTimestamp" -> created = keep == Keep.IDENTITY ? skipped() : tokens.time();
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

  private @Nullable Instant skipped() throws IOException {
    tokens.skip();
    return null;
  }

  /// A map may come in two parts.
  private Map<String, String> with(Map<String, String> before, Map<String, String> more) {
    if (before.isEmpty() || more.isEmpty()) {
      return before.isEmpty() ? more : before;
    }
    Map<String, String> all = new HashMap<>(before);
    all.putAll(more);
    return pool.one(all);
  }

  private static boolean noted(String key) {
    for (String notes : NOTES) {
      if (key.startsWith(notes)) {
        return true;
      }
    }
    return false;
  }

  private Map<String, String> words(Predicate<String> wanted) throws IOException {
    if (keep != Keep.ALL) {
      tokens.skip();
      return Map.of();
    }
    return pool.one(tokens.texts(wanted));
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
        case "apiVersion" -> apiVersion = tokens.word();
        case "kind" -> kind = tokens.word();
        case "name" -> name = tokens.text();
        case "controller" -> controls = tokens.yes();
        default -> tokens.skip();
      }
    }
  }
}
