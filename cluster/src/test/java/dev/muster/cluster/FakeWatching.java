package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A watch that tells in the thread of the one who changes.
final class FakeWatching<T extends HasMetadata> implements Watching<T> {

  private final FakeCluster cluster;
  private final Class<T> kind;
  private final Query query;
  private final Consumer<Change<T>> consumer;
  private final Consumer<FakeWatching<?>> closer;

  FakeWatching(
      FakeCluster cluster,
      Class<T> kind,
      Query query,
      Consumer<Change<T>> consumer,
      Consumer<FakeWatching<?>> closer) {
    this.cluster = cluster;
    this.kind = kind;
    this.query = query;
    this.consumer = consumer;
    this.closer = closer;
  }

  void present(HasMetadata object) {
    present(object, null);
  }

  void present(HasMetadata object, @Nullable HasMetadata before) {
    if (kind.isInstance(object) && query.matches(object)) {
      consumer.accept(
          new Change.Present<>(kind.cast(object), Optional.ofNullable(before).map(kind::cast)));
    }
  }

  void gone(HasMetadata object) {
    if (kind.isInstance(object) && query.matches(object)) {
      consumer.accept(new Change.Gone<>(kind.cast(object)));
    }
  }

  void resync() {
    items().forEach(item -> present(item, item));
  }

  @Override
  public List<T> items() {
    return cluster.list(kind, query);
  }

  @Override
  public Optional<T> item(ObjectName name) {
    return items().stream().filter(item -> ObjectName.of(item).equals(name)).findFirst();
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public void close() {
    closer.accept(this);
  }
}
