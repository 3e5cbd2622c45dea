package dev.muster.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One received request, its body complete and within the server's bound.
///
/// Header names are lower case; of a repeated header or query parameter the first value counts.
/// `params` are the path parameters of the matched route. The body is not copied: do not change it.
@SuppressWarnings("ArrayRecordComponent")
public record Request(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    Map<String, String> params,
    byte[] body) {

  public Request {
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
    params = Map.copyOf(params);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /// The path parameter `name` of the matched route.
  public String param(String name) {
    var value = params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("route has no parameter " + name);
    }
    return value;
  }

  /// The token of `Authorization: Bearer`, when there is one.
  public Optional<String> bearer() {
    return header("authorization")
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip())
        .filter(value -> !value.isEmpty());
  }

  /// The media type without its parameters, lower case.
  public Optional<String> mediaType() {
    return header("content-type")
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  Request withParams(Map<String, String> params) {
    return new Request(method, path, query, headers, params, body);
  }

  /// Never shows headers or body, which may hold secrets.
  @Override
  public String toString() {
    return method + " " + path + " (" + body.length + " bytes)";
  }
}
