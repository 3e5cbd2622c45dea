package dev.muster.auditor.pki;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The data of Secrets is base64; PEM is ASCII.
final class SecretData {

  private SecretData() {}

  static Map<String, String> of(Secret secret) {
    Map<String, String> plain = new HashMap<>();
    Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
        .forEach((key, value) ->
            plain.put(
                key, new String(Base64.getDecoder().decode(value), StandardCharsets.US_ASCII)));
    return plain;
  }

  static Map<String, String> encoded(Map<String, String> plain) {
    Map<String, String> encoded = new HashMap<>();
    plain.forEach((key, value) -> encoded.put(key, encoded(value)));
    return encoded;
  }

  static String encoded(String plain) {
    return Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
  }
}
