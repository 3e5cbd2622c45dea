package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.MetadataReader.Keep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a Service.
final class ServiceReader {
  private final Tokens tokens;
  private final Pool pool;
  private Metadata metadata = ObjectReader.NOBODY;
  private String externalName = "";
  private final List<Integer> ports = new ArrayList<>();

  private ServiceReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
  }

  static ServiceFacts read(Tokens tokens, Pool pool) throws IOException {
    ServiceReader reader = new ServiceReader(tokens, pool);
    tokens.object(reader::field);
    return new ServiceFacts(reader.metadata, reader.externalName, reader.ports);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> metadata = MetadataReader.read(tokens, pool, Keep.ALL);
      case "spec" -> tokens.object(this::spec);
      default -> tokens.skip();
    }
  }

  private void spec(String field) throws IOException {
    switch (field) {
      case "externalName" -> externalName = tokens.text();
      case "ports" -> tokens.array(() -> tokens.object(this::port));
      default -> tokens.skip();
    }
  }

  private void port(String field) throws IOException {
    if (field.equals("port")) {
      ports.add(tokens.number(0));
    } else {
      tokens.skip();
    }
  }
}
