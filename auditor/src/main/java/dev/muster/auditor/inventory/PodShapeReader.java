package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.PodShape.Volume;
import dev.muster.policies.ContainerShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a Pod's `spec`.
final class PodShapeReader {
  private final Tokens tokens;
  private final Pool pool;
  private final boolean whole;
  private final List<ContainerShape> containers = new ArrayList<>();
  private final List<Volume> volumes = new ArrayList<>();

  /// @param whole else claims alone, also those that the Pod makes
  PodShapeReader(Tokens tokens, Pool pool, boolean whole) {
    this.tokens = tokens;
    this.pool = pool;
    this.whole = whole;
  }

  PodShape shape(Map<String, String> annotations) {
    PodShape shape = new PodShape(annotations, containers, volumes);
    // Volumes alone name claims, which no other Pod has.
    return whole ? pool.one(shape) : shape;
  }

  void field(String field) throws IOException {
    switch (field) {
      case "volumes" -> tokens.array(this::volume);
      case "containers" -> {
        if (whole) {
          tokens.array(() -> containers.add(ContainerReader.read(tokens, pool)));
        } else {
          tokens.skip();
        }
      }
      default -> tokens.skip();
    }
  }

  private void volume() throws IOException {
    VolumeSource source = new VolumeSource(tokens);
    tokens.object(source::field);
    if (whole || !source.claim.isEmpty() || source.kind.equals("ephemeral")) {
      volumes.add(new Volume(pool.one(source.name), source.kind, source.claim));
    }
  }

  /// What one volume is.
  private static final class VolumeSource {
    private final Tokens tokens;
    private String name = "";
    private String kind = "";
    private String claim = "";

    private VolumeSource(Tokens tokens) {
      this.tokens = tokens;
    }

    private void field(String field) throws IOException {
      switch (field) {
        case "name" -> name = tokens.text();
        case "persistentVolumeClaim" -> {
          kind = field;
          tokens.object(this::claim);
        }
        default -> {
          kind = field;
          tokens.skip();
        }
      }
    }

    private void claim(String field) throws IOException {
      if (field.equals("claimName")) {
        claim = tokens.text();
      } else {
        tokens.skip();
      }
    }
  }
}
