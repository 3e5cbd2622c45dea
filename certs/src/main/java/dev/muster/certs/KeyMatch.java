package dev.muster.certs;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Whether a private key belongs to a public key, shown by a signature.
final class KeyMatch {
  private static final byte[] CHALLENGE = {'m', 'u', 's', 't', 'e', 'r'};

  private KeyMatch() {}

  static boolean holds(PublicKey publicKey, PrivateKey privateKey) {
    try {
      var signer = Signature.getInstance(algorithm(publicKey));
      signer.initSign(privateKey);
      signer.update(CHALLENGE);
      var verifier = Signature.getInstance(algorithm(publicKey));
      verifier.initVerify(publicKey);
      verifier.update(CHALLENGE);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case "Ed25519", "EdDSA" -> "Ed25519";
      default ->
          throw new CertificateTrouble(
              "key algorithm " + key.getAlgorithm() + " is not served; use EC or RSA");
    };
  }
}
