package dev.muster.repository;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// The public half of a signing key: pinned in configuration, printed with the escrow sheet, never
/// taken from the store.
public final class VerifyingKey {

  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int RAW_BYTES = 32;

  private final byte[] raw;
  private final PublicKey key;

  private VerifyingKey(byte[] raw) {
    this.raw = raw.clone();
    byte[] encoded = new byte[X509_PREFIX.length + RAW_BYTES];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(raw, 0, encoded, X509_PREFIX.length, RAW_BYTES);
    try {
      this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  /// A key from the base64 of its 32 raw bytes.
  public static VerifyingKey fromBase64(String text) {
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a public key is the base64 of 32 bytes", e);
    }
    if (raw.length != RAW_BYTES) {
      throw new IllegalArgumentException(
          "a public key is the base64 of 32 bytes, this one has " + raw.length);
    }
    return new VerifyingKey(raw);
  }

  static VerifyingKey of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] raw = new byte[RAW_BYTES];
    System.arraycopy(encoded, encoded.length - RAW_BYTES, raw, 0, RAW_BYTES);
    return new VerifyingKey(raw);
  }

  /// The base64 of the raw key, as configuration holds it.
  public String toBase64() {
    return Base64.getEncoder().encodeToString(raw);
  }

  /// The SHA-256 of the raw key: how envelopes name it.
  public String id() {
    return Digests.sha256(raw);
  }

  boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(message);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "VerifyingKey[" + toBase64() + "]";
  }
}
