package dev.muster.auditor.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// The files that the page is made of.
final class PageParts {
  private PageParts() {}

  static String joined(List<String> names, String ending) {
    return names.stream()
        .map(name -> read(name + ending))
        .collect(Collectors.joining("\n", "\n", ""));
  }

  static String read(String name) {
    try (InputStream part =
        Objects.requireNonNull(PageParts.class.getResourceAsStream(name), name)) {
      return new String(part.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page's part " + name, e);
    }
  }

  /// As a Content-Security-Policy names an inline element.
  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
