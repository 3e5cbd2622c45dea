package dev.muster.repository;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.security.GeneralSecurityException;

/// A fresh age key pair, as age-keygen would make it.
record AgeKeys(String recipient, String identity) {

  static AgeKeys generate() {
    try {
      var pair = new X25519KeyPairGenerator().generateKeyPair();
      return new AgeKeys(pair.getPublic().toString(), pair.getPrivate().toString());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
