package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.PodShape.Volume;
import dev.muster.policies.ContainerShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Reads a Pod's `spec`.
final class PodShapeReader {
  private final Tokens tokens;
  private final Pool pool;
  private final boolean whole;
  private final List<ContainerShape> containers = new ArrayList<>();
  private final List<VolumeReading> volumes = new ArrayList<>();
  private final MountedNames mounted = MountedNames.none();

  /// @param whole else claims alone, also those that the Pod makes
  PodShapeReader(Tokens tokens, Pool pool, boolean whole) {
    this.tokens = tokens;
    this.pool = pool;
    this.whole = whole;
  }

  PodShape shape(Map<String, String> annotations) {
    List<Volume> kept = new ArrayList<>(volumes.size());
    for (VolumeReading volume : volumes) {
      kept.add(volume.volume(mounted, pool));
    }
    PodShape shape = new PodShape(annotations, containers, kept);
    // Volumes alone name claims, which no other Pod has.
    return whole ? pool.one(shape) : shape;
  }

  void field(String field) throws IOException {
    switch (field) {
      case "volumes" -> tokens.array(this::volume);
      case "containers" -> container(containers::add);
      // No engine, but they write: before it, or beside it for as long as it runs.
      case "initContainers" -> container(unread -> {});
      default -> tokens.skip();
    }
  }

  private void container(Consumer<ContainerShape> into) throws IOException {
    if (whole) {
      tokens.array(() -> into.accept(ContainerReader.read(tokens, pool, mounted)));
    } else {
      tokens.skip();
    }
  }

  private void volume() throws IOException {
    VolumeReading volume = VolumeReading.of(tokens);
    if (whole || volume.claims()) {
      volumes.add(volume);
    }
  }
}
