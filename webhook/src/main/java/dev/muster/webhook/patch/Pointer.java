package dev.muster.webhook.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A JSON Pointer (RFC 6901) as its unescaped tokens; no token is the whole document.
public record Pointer(List<String> tokens) {
  public Pointer {
    tokens = List.copyOf(tokens);
  }

  public static Pointer of(String... tokens) {
    return new Pointer(List.of(tokens));
  }

  /// @throws IllegalArgumentException unless `text` is empty or begins with `/`, and each `~` is
  ///   followed by `0` or `1`
  public static Pointer parse(String text) {
    if (text.isEmpty()) {
      return new Pointer(List.of());
    }
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("pointer does not begin with /: " + text);
    }
    var tokens = new ArrayList<String>();
    for (var each : text.substring(1).split("/", -1)) {
      tokens.add(unescape(each));
    }
    return new Pointer(tokens);
  }

  public Pointer with(String token) {
    return new Pointer(Stream.concat(tokens.stream(), Stream.of(token)).toList());
  }

  boolean whole() {
    return tokens.isEmpty();
  }

  String last() {
    return tokens.getLast();
  }

  List<String> parents() {
    return tokens.subList(0, tokens.size() - 1);
  }

  @Override
  public String toString() {
    return tokens.stream()
        .map(each -> "/" + each.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private static String unescape(String token) {
    for (int i = token.indexOf('~'); i >= 0; i = token.indexOf('~', i + 1)) {
      if (i + 1 == token.length() || "01".indexOf(token.charAt(i + 1)) < 0) {
        throw new IllegalArgumentException("~ is followed by neither 0 nor 1: " + token);
      }
    }
    return token.replace("~1", "/").replace("~0", "~");
  }
}
