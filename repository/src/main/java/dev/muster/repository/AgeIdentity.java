package dev.muster.repository;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/// A new age key pair.
///
/// @param secret `AGE-SECRET-KEY-1…`: opens every backup for the recipient
/// @param recipient `age1…`: the public half
public record AgeIdentity(String secret, String recipient) {

  public static AgeIdentity generate() {
    try {
      KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
      return new AgeIdentity(pair.getPrivate().toString(), pair.getPublic().toString());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has X25519", e);
    }
  }

  /// As a file that age reads.
  public String file() {
    return "# public key: " + recipient + "\n" + secret + "\n";
  }

  @Override
  public String toString() {
    return recipient;
  }
}
