package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.MetadataReader.Keep;
import java.io.IOException;
import java.util.Map;

/// Reads a Pod.
final class PodReader {
  private final Tokens tokens;
  private final Pool pool;
  private Metadata metadata = ObjectReader.NOBODY;
  private PodShape shape = PodShape.NONE;

  private PodReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
  }

  static PodFacts read(Tokens tokens, Pool pool) throws IOException {
    PodReader reader = new PodReader(tokens, pool);
    tokens.object(reader::field);
    return new PodFacts(reader.metadata, reader.shape);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> metadata = MetadataReader.read(tokens, pool, Keep.IDENTITY);
      case "spec" -> {
        // Servers say metadata first.
        PodShapeReader spec = new PodShapeReader(tokens, pool, PodFacts.alone(metadata));
        tokens.object(spec::field);
        shape = spec.shape(Map.of());
      }
      default -> tokens.skip();
    }
  }
}
