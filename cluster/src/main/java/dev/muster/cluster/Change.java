package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Optional;

/// What a watch tells about one object.
public sealed interface Change<T extends HasMetadata> {

  /// The object as it is now (for `Gone`: as last seen). Shared: never modify it.
  T object();

  /// The object exists; `before` is empty when it is new to this watch, and equals `object` when
  /// only a resync brought it up again.
  record Present<T extends HasMetadata>(T object, Optional<T> before) implements Change<T> {}

  /// The object is gone.
  record Gone<T extends HasMetadata>(T object) implements Change<T> {}
}
