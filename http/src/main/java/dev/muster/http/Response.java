package dev.muster.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What is answered. The body is not copied: do not change it afterwards.
@SuppressWarnings("ArrayRecordComponent")
public record Response(int status, Map<String, String> headers, byte[] body) {
  public Response {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status);
    }
    headers = Map.copyOf(headers);
  }

  public static Response empty(int status) {
    return new Response(status, Map.of(), new byte[0]);
  }

  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /// `json` is UTF-8 JSON.
  public static Response json(int status, byte[] json) {
    return of(status, "application/json", json);
  }

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body);
  }

  @Override
  public String toString() {
    return status + " (" + body.length + " bytes)";
  }
}
