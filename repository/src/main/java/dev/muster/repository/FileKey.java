package dev.muster.repository;

import java.util.Base64;

/// The data key of one stream: what unlocks it and nothing else.
public final class FileKey {

  private static final int BYTES = 16;

  private final byte[] key;

  FileKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("an age file key has 16 bytes, not " + key.length);
    }
    this.key = key.clone();
  }

  public static FileKey fromBase64(String text) {
    return new FileKey(Base64.getDecoder().decode(text));
  }

  /// The key as it travels in a ticket: a secret.
  public String toBase64() {
    return Base64.getEncoder().encodeToString(key);
  }

  byte[] bytes() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "FileKey[hidden]";
  }
}
