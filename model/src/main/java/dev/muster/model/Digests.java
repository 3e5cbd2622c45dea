package dev.muster.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Digests {
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private Digests() {}

  /// SHA-256 of the parts joined by NUL, which no Kubernetes name can hold.
  static byte[] sha256(String... parts) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(String.join("\0", parts).getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /// RFC 4648 base32 in lower case without padding, cut to the length.
  static String base32(byte[] bytes, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      int bit = i * 5;
      int high = bytes[bit / 8] & 0xff;
      int low = bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xff : 0;
      int window = (high << 8 | low) >> (11 - bit % 8);
      text.append(BASE32.charAt(window & 31));
    }
    return text.toString();
  }
}
