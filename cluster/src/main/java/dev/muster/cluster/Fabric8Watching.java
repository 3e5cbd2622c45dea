package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An informer: list, watch, relist after a gap.
final class Fabric8Watching<T extends HasMetadata> implements Watching<T>, ResourceEventHandler<T> {

  private static final Logger log = LoggerFactory.getLogger(Fabric8Watching.class);

  private final SharedIndexInformer<T> informer;
  private final Consumer<Change<T>> consumer;

  Fabric8Watching(SharedIndexInformer<T> informer, Consumer<Change<T>> consumer) {
    this.informer = informer;
    this.consumer = consumer;
  }

  @Override
  public List<T> items() {
    return List.copyOf(informer.getStore().list());
  }

  @Override
  public Optional<T> item(ObjectName name) {
    return Optional.ofNullable(informer.getStore().getByKey(name.toString()));
  }

  @Override
  public boolean live() {
    return informer.isRunning() && informer.hasSynced() && informer.isWatching();
  }

  @Override
  public void close() {
    informer.close();
  }

  @Override
  public void onAdd(T object) {
    tell(new Change.Present<>(object, Optional.empty()));
  }

  @Override
  public void onUpdate(T before, T object) {
    tell(new Change.Present<>(object, Optional.of(before)));
  }

  @Override
  public void onDelete(T object, boolean finalStateUnknown) {
    tell(new Change.Gone<>(object));
  }

  /// The last place that can catch: the informer would drop the event in silence.
  private void tell(Change<T> change) {
    try {
      consumer.accept(change);
    } catch (RuntimeException e) {
      log.error("a watcher failed on {}", describe(change.object()), e);
    }
  }

  private static String describe(@Nullable HasMetadata object) {
    return object == null ? "nothing" : object.getKind() + " " + ObjectName.of(object);
  }
}
