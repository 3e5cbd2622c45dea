package dev.muster.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names one stream of a point: `globals`, `db-app`. Safe as a file name, a container name's part
/// and a part of a key.
public record StreamName(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  public StreamName {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a stream name: 1 to 40 lower-case letters, digits and inner hyphens expected");
    }
  }

  /// Fills `{database}` of a profile's stream name. A database name that is no safe word is
  /// replaced by a hash of itself; the manifest keeps the real name.
  public static StreamName of(String template, String database) {
    String plain = template.replace("{database}", database);
    if (SHAPE.matcher(plain).matches()) {
      return new StreamName(plain);
    }
    String hash = HexFormat.of().formatHex(Digests.sha256(database)).substring(0, 16);
    return new StreamName(template.replace("{database}", "x" + hash));
  }

  @Override
  public String toString() {
    return value;
  }
}
