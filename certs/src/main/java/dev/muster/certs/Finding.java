package dev.muster.certs;

/// What is wrong with a certificate, or soon will be.
///
/// @param kind whether callers refuse it already
/// @param text which key of the Secret, what about it, and what it must be; holds no key material
public record Finding(Kind kind, String text) {

  public enum Kind {
    /// No caller accepts it.
    REFUSED,
    /// All is well, and nobody has replaced it in time.
    EXPIRING
  }

  static Finding refused(String text) {
    return new Finding(Kind.REFUSED, text);
  }

  static Finding expiring(String text) {
    return new Finding(Kind.EXPIRING, text);
  }

  public boolean refused() {
    return kind == Kind.REFUSED;
  }
}
