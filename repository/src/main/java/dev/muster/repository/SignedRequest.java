package dev.muster.repository;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

/// A URL with the headers that must be sent exactly so, valid until `expires`.
public record SignedRequest(URI url, Map<String, String> headers, Instant expires) {

  public SignedRequest {
    headers = Map.copyOf(headers);
  }

  /// Without the query, which is a credential.
  @Override
  public String toString() {
    return "SignedRequest[" + url.getScheme() + "://" + url.getAuthority() + url.getPath() + "]";
  }
}
