package dev.muster.repository;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// SHA-256, written as lower-case hex everywhere in the format.
public final class Digests {

  private Digests() {}

  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newSha256().digest(bytes));
  }

  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// What a store answers for an object of parts with these digests: the digest of the digests,
  /// then `-` and their number.
  public static String composite(List<String> parts) {
    MessageDigest digest = newSha256();
    parts.forEach(part -> digest.update(HexFormat.of().parseHex(part)));
    return hex(digest) + "-" + parts.size();
  }

  /// The digest so far; the given digest is spent.
  public static String hex(MessageDigest spent) {
    return HexFormat.of().formatHex(spent.digest());
  }
}
