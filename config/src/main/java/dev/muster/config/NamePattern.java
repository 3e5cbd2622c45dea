package dev.muster.config;

import java.util.List;

/// A name in which `*` stands for anything: `shop`, `shop-*`, `shop/cache-*`.
public record NamePattern(String text) {

  public boolean matches(String name) {
    List<String> parts = List.of(text.split("\\*", -1));
    if (parts.size() == 1) {
      return name.equals(text);
    }
    String last = parts.getLast();
    int at = parts.getFirst().length();
    int end = name.length() - last.length();
    if (end < at || !name.startsWith(parts.getFirst()) || !name.endsWith(last)) {
      return false;
    }
    for (String part : parts.subList(1, parts.size() - 1)) {
      int found = name.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return at <= end;
  }
}
