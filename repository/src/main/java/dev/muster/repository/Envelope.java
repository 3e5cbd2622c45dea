package dev.muster.repository;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DSSE envelope: a payload and who signed it. The signature covers type and payload bytes, so
/// nothing has to be canonical.
public record Envelope(String payloadType, String payload, List<EnvelopeSignature> signatures) {

  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /// One signature; `keyid` is the SHA-256 of the raw public key, `sig` is base64.
  public record EnvelopeSignature(String keyid, String sig) {}

  /// What checking an envelope came to.
  public sealed interface Verification {

    /// Signed by a pinned key.
    record Genuine(byte[] payload, String keyId) implements Verification {}

    /// Not to be believed.
    record Refused(Refusal reason, String detail) implements Verification {}
  }

  /// Why an envelope is not believed.
  public enum Refusal {
    MALFORMED,
    WRONG_TYPE,
    UNKNOWN_SIGNER,
    BAD_SIGNATURE
  }

  /// Signs a payload and encodes the envelope.
  public static byte[] sign(String payloadType, byte[] payload, SigningKey key) {
    byte[] signature = key.sign(preAuthentication(payloadType, payload));
    Base64.Encoder base64 = Base64.getEncoder();
    return Json.encode(
        new Envelope(
            payloadType,
            base64.encodeToString(payload),
            List.of(
                new EnvelopeSignature(key.publicKey().id(), base64.encodeToString(signature)))));
  }

  /// Checks an encoded envelope against the pinned keys. One good signature by a pinned key is
  /// enough; a bad one by a pinned key refuses all.
  public static Verification verify(byte[] encoded, String payloadType, List<VerifyingKey> pinned) {
    Envelope envelope;
    byte[] payload;
    try {
      envelope = Json.decode(encoded, Envelope.class, "envelope");
      payload = Base64.getDecoder().decode(envelope.payload);
    } catch (MalformedException | IllegalArgumentException | NullPointerException e) {
      return new Verification.Refused(Refusal.MALFORMED, "not a DSSE envelope");
    }
    if (!payloadType.equals(envelope.payloadType)) {
      return new Verification.Refused(
          Refusal.WRONG_TYPE, "expected " + payloadType + ", found " + envelope.payloadType);
    }
    return envelope.check(payload, pinned);
  }

  /// The payload without any check: only for bytes that decide nothing.
  static byte[] payloadOf(byte[] encoded) {
    return Base64.getDecoder().decode(Json.decode(encoded, Envelope.class, "envelope").payload);
  }

  private Verification check(byte[] payload, List<VerifyingKey> pinned) {
    byte[] message = preAuthentication(payloadType, payload);
    String genuine = null;
    for (EnvelopeSignature signature : signatures) {
      for (VerifyingKey key : pinned) {
        if (key.id().equals(signature.keyid())) {
          if (!key.verifies(message, bytes(signature.sig()))) {
            return new Verification.Refused(
                Refusal.BAD_SIGNATURE, "the signature of key " + key.id() + " does not match");
          }
          genuine = key.id();
        }
      }
    }
    return genuine == null
        ? new Verification.Refused(
            Refusal.UNKNOWN_SIGNER,
            "signed by "
                + signatures.stream().map(EnvelopeSignature::keyid).toList()
                + ", none of which is pinned")
        : new Verification.Genuine(payload, genuine);
  }

  /// Bytes that match no signature where there is no base64.
  private static byte[] bytes(@Nullable String base64) {
    if (base64 == null) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] preAuthentication(String type, byte[] payload) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[head.length + payload.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(payload, 0, all, head.length, payload.length);
    return all;
  }
}
