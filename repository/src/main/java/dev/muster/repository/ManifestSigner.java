package dev.muster.repository;

/// Turns a manifest into the bytes that are stored.
public final class ManifestSigner {

  /// The DSSE payload type of manifests.
  public static final String PAYLOAD_TYPE = "application/vnd.muster.manifest+json";

  private final SigningKey key;

  public ManifestSigner(SigningKey key) {
    this.key = key;
  }

  /// The signed envelope. Throws IllegalArgumentException when it would exceed [Sizes#MANIFEST]:
  /// the caller drops probe tables, never streams.
  public byte[] sign(Manifest manifest) {
    byte[] stored = Envelope.sign(PAYLOAD_TYPE, Json.encode(manifest), key);
    if (stored.length > Sizes.MANIFEST) {
      throw new IllegalArgumentException(
          "manifest of %s would have %d bytes, at most %d are allowed"
              .formatted(manifest.identity().point(), stored.length, Sizes.MANIFEST));
    }
    return stored;
  }
}
