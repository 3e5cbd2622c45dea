package dev.muster.certs;

/// A certificate or key that cannot be read, written or signed. Its message holds no key material.
public final class CertificateTrouble extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CertificateTrouble(String message) {
    super(message);
  }

  CertificateTrouble(String message, Throwable cause) {
    super(message, cause);
  }
}
