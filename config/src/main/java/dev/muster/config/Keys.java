package dev.muster.config;

import dev.muster.model.Parsed;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Set;

/// The grammar of values that only the configuration has.
final class Keys {
  static final String ENDPOINT = "an http or https address such as https://s3.example.org";
  static final URI NOWHERE = URI.create("https://invalid");
  private static final int ED25519_BYTES = 32;

  private Keys() {}

  static Parsed<URI> endpoint(String text) {
    try {
      URI uri = URI.create(text.strip());
      boolean right =
          uri.getHost() != null
              && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
      return right ? Parsed.value(uri) : Parsed.refused("not an address", ENDPOINT);
    } catch (IllegalArgumentException e) {
      return Parsed.refused("not an address", ENDPOINT);
    }
  }

  static Parsed<Path> path(String text) {
    try {
      return text.isBlank() ? Parsed.refused("empty", "a path") : Parsed.value(Path.of(text));
    } catch (InvalidPathException e) {
      return Parsed.refused("not a path", "a path");
    }
  }

  static Parsed<ZoneId> zone(String text) {
    return ZoneId.getAvailableZoneIds().contains(text)
        ? Parsed.value(ZoneId.of(text))
        : Parsed.refused("no such time zone", "an IANA time zone such as Europe/Berlin or UTC");
  }

  /// The shape only; the checksum is checked where the key is used.
  static Parsed<String> recipient(String text) {
    return text.matches("age1[02-9ac-hj-np-z]{58}")
        ? Parsed.value(text)
        : Parsed.refused("not an age public key", "age1 and 58 letters and digits");
  }

  static Parsed<String> publicKey(String text) {
    String allowed = "base64 of the 32 bytes of an Ed25519 public key";
    try {
      return Base64.getDecoder().decode(text).length == ED25519_BYTES
          ? Parsed.value(text)
          : Parsed.refused("not an Ed25519 public key", allowed);
    } catch (IllegalArgumentException e) {
      return Parsed.refused("not base64", allowed);
    }
  }

  static Parsed<String> oneOf(String text, Set<String> known, String what) {
    return known.contains(text)
        ? Parsed.value(text)
        : Parsed.refused(
            "no such " + what, known.isEmpty() ? "none is configured" : String.join(", ", known));
  }
}
