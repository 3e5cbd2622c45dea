package dev.muster.webhook.patch;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/// What the API server allows of annotations after all webhooks have spoken.
public final class Annotations {
  /// Of all keys and values together, in bytes: `TotalAnnotationSizeLimitB` of apimachinery's
  /// validation of metadata.
  private static final int LIMIT = 256 << 10;

  private Annotations() {}

  /// Whether the API server would refuse the object for what its annotations take.
  public static boolean tooLarge(JsonNode object) {
    return object
            .path("metadata")
            .path("annotations")
            .propertyStream()
            .mapToLong(each -> bytes(each.getKey()) + bytes(each.getValue().asText()))
            .sum()
        > LIMIT;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
