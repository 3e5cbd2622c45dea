package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.MetadataReader.Keep;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a PersistentVolumeClaim, or the template of one.
final class ClaimReader {
  private final Tokens tokens;
  private final Pool pool;
  private Metadata metadata = ObjectReader.NOBODY;
  private String phase = "";
  private @Nullable String storageClass;
  private @Nullable String size;
  private String volume = "";

  private ClaimReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
  }

  static ClaimFacts read(Tokens tokens, Pool pool) throws IOException {
    ClaimReader reader = new ClaimReader(tokens, pool);
    tokens.object(reader::field);
    return new ClaimFacts(
        reader.metadata, reader.phase, reader.storageClass, reader.size, reader.volume);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> metadata = MetadataReader.read(tokens, pool, Keep.ALL);
      case "spec" -> tokens.object(this::spec);
      case "status" -> tokens.object(this::status);
      default -> tokens.skip();
    }
  }

  private void spec(String field) throws IOException {
    switch (field) {
      case "storageClassName" -> storageClass = tokens.word();
      case "volumeName" -> volume = pool.name(tokens.text());
      case "resources" -> tokens.object(this::resources);
      default -> tokens.skip();
    }
  }

  private void resources(String field) throws IOException {
    if (field.equals("requests")) {
      tokens.entries(this::requests);
    } else {
      tokens.skip();
    }
  }

  private void requests(String field) throws IOException {
    if (field.equals("storage")) {
      size = pool.one(tokens.quantity());
    } else {
      tokens.skip();
    }
  }

  private void status(String field) throws IOException {
    if (field.equals("phase")) {
      phase = tokens.word();
    } else {
      tokens.skip();
    }
  }
}
