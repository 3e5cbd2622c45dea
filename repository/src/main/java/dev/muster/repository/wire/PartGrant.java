package dev.muster.repository.wire;

import java.time.Instant;
import java.util.Map;

/// Where to PUT one part, with the headers that are signed into the URL.
public record PartGrant(String url, Map<String, String> headers, Instant expires) {

  public PartGrant {
    headers = Map.copyOf(headers);
  }

  /// Without the URL, which is a credential.
  @Override
  public String toString() {
    return "PartGrant[expires=" + expires + "]";
  }
}
