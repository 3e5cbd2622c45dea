package dev.muster.repository.s3;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// S3 writes digests in base64, the format in hex.
final class Checksums {

  private Checksums() {}

  static String toBase64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /// `<base64>` or, for an object of parts, `<base64>-<count>`; the suffix is kept.
  static Optional<String> toHex(@Nullable String base64) {
    if (base64 == null || base64.isBlank()) {
      return Optional.empty();
    }
    int dash = base64.indexOf('-');
    String digest = dash < 0 ? base64 : base64.substring(0, dash);
    String suffix = dash < 0 ? "" : base64.substring(dash);
    try {
      return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(digest)) + suffix);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
