package dev.muster.webhook.admission;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Joins an entry of the audit log to ours, to a warning, and to what the object says of itself:
/// the same review and stage always have the same id.
public final class DecisionId {
  private DecisionId() {}

  public static String of(String uid, Stage stage) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update((stage.word() + "/" + uid).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
