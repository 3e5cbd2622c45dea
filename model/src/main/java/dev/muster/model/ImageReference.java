package dev.muster.model;

/// A container image's reference in parts, without its digest; `tag` is empty where none is given.
public record ImageReference(String repository, String tag) {

  public static ImageReference of(String reference) {
    String plain = reference.split("@", 2)[0];
    int colon = plain.lastIndexOf(':');
    return colon > plain.lastIndexOf('/')
        ? new ImageReference(plain.substring(0, colon), plain.substring(colon + 1))
        : new ImageReference(plain, "");
  }

  /// The last word of the repository.
  public String name() {
    return repository.substring(repository.lastIndexOf('/') + 1);
  }
}
