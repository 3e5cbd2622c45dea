package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;

/// A running watch and its cache.
public interface Watching<T extends HasMetadata> extends AutoCloseable {

  /// All objects as last seen. Shared: never modify them.
  List<T> items();

  /// One object as last seen.
  Optional<T> item(ObjectName name);

  /// Whether the first list is complete and the watch has not ended for good.
  boolean live();

  @Override
  void close();
}
