package dev.muster.auditor.inventory;

import java.io.IOException;

/// Reads one volume of a Pod.
final class VolumeReading {
  private static final String CLAIM = "persistentVolumeClaim";
  private static final String EPHEMERAL = "ephemeral";
  // One that is newer than our definitions of the binary form.
  private static final String UNKNOWN = "unknown";

  private final Tokens tokens;
  private String name = "";
  private String source = "";
  private String claim = "";
  private String host = "";
  private String path = "";
  private boolean readOnly;

  private VolumeReading(Tokens tokens) {
    this.tokens = tokens;
  }

  static VolumeReading of(Tokens tokens) throws IOException {
    VolumeReading reading = new VolumeReading(tokens);
    tokens.object(reading::field);
    return reading;
  }

  /// Whether there is a claim behind it, or one will be made.
  boolean claims() {
    return source.equals(CLAIM) || source.equals(EPHEMERAL);
  }

  /// @param mounted by the Pod's containers
  PodShape.Volume volume(MountedNames mounted, Pool pool) {
    return new PodShape.Volume(
        name,
        source,
        pool.name(claim),
        place(),
        !readOnly && mounted.written().contains(name),
        mounted.parts().contains(name));
  }

  private String place() {
    if (host.isEmpty() || path.isEmpty()) {
      return host.isEmpty() ? path : host;
    }
    return host + ":" + path;
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "name" -> name = tokens.word();
      // What JSON shows inline.
      case "volumeSource" -> {
        source = UNKNOWN;
        tokens.object(this::field);
      }
      // Files of the cluster's own objects.
      case "configMap", "secret", "projected", "downwardAPI", "emptyDir", EPHEMERAL -> {
        source = field;
        tokens.skip();
      }
      default -> {
        source = field;
        tokens.object(this::detail);
      }
    }
  }

  private void detail(String field) throws IOException {
    switch (field) {
      case "claimName" -> claim = tokens.text();
      case "server", "driver" -> host = tokens.word();
      case "path" -> path = tokens.word();
      case "readOnly" -> readOnly = tokens.yes();
      default -> tokens.skip();
    }
  }
}
