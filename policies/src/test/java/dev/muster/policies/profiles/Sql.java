package dev.muster.policies.profiles;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// Scripts of the test resources.
final class Sql {
  private Sql() {}

  static String read(String name) throws IOException {
    try (InputStream in = Sql.class.getResourceAsStream("/profiles/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }
}
