package dev.muster.repository;

import java.util.List;

/// Decides whether stored bytes are a manifest to believe.
public final class ManifestVerifier {

  private final List<VerifyingKey> pinned;

  /// A verifier that trusts these keys and no other.
  public ManifestVerifier(List<VerifyingKey> pinned) {
    this.pinned = List.copyOf(pinned);
  }

  /// What checking came to.
  public sealed interface Check {

    /// Signed by a pinned key, of a known version, and at its own place.
    record Valid(Manifest manifest, String keyId, String sha256) implements Check {}

    /// Not a recovery point.
    record Refused(Refusal reason, String detail) implements Check {}
  }

  /// Why a manifest is not believed.
  public enum Refusal {
    TOO_LARGE("TooLarge"),
    MALFORMED("Malformed"),
    UNKNOWN_SIGNER("UnknownSigner"),
    BAD_SIGNATURE("BadSignature"),
    NEWER_FORMAT("NewerFormat"),
    WRONG_PLACE("WrongPlace"),
    /// It says itself that a dump failed or has no end.
    NOT_WHOLE("NotWhole");

    private final String word;

    Refusal(String word) {
      this.word = word;
    }

    /// As the reference of the format calls it.
    public String word() {
      return word;
    }
  }

  private record Version(int formatVersion) {}

  /// Checks the bytes found at `key`.
  public Check verify(String key, byte[] stored) {
    if (stored.length > Sizes.MANIFEST) {
      return refused(Refusal.TOO_LARGE, key + " has " + stored.length + " bytes");
    }
    return switch (Envelope.verify(stored, ManifestSigner.PAYLOAD_TYPE, pinned)) {
      case Envelope.Verification.Genuine(var payload, var keyId) ->
          decode(key, stored, payload, keyId);
      case Envelope.Verification.Refused(var reason, var detail) ->
          refused(
              switch (reason) {
                case MALFORMED, WRONG_TYPE -> Refusal.MALFORMED;
                case UNKNOWN_SIGNER -> Refusal.UNKNOWN_SIGNER;
                case BAD_SIGNATURE -> Refusal.BAD_SIGNATURE;
              },
              key + ": " + detail);
    };
  }

  private static Check decode(String key, byte[] stored, byte[] payload, String keyId) {
    try {
      int version = Json.decode(payload, Version.class, key).formatVersion();
      if (version < 1) {
        return refused(Refusal.MALFORMED, key + " has format version " + version);
      }
      if (version > Manifest.FORMAT_VERSION) {
        return refused(
            Refusal.NEWER_FORMAT,
            "%s has format version %d, this program reads up to %d: use a newer Muster"
                .formatted(key, version, Manifest.FORMAT_VERSION));
      }
      Manifest manifest = Json.decode(payload, Manifest.class, key);
      return ManifestRules.broken(key, manifest)
          .orElseGet(() -> new Check.Valid(manifest, keyId, Digests.sha256(stored)));
    } catch (MalformedException | IllegalArgumentException | NullPointerException e) {
      return refused(Refusal.MALFORMED, key + ": " + e.getMessage());
    }
  }

  static Check refused(Refusal reason, String detail) {
    return new Check.Refused(reason, detail);
  }
}
