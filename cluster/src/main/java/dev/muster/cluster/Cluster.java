package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The Kubernetes API. Every call blocks, has a deadline, waits as `Retry-After` says, and throws a
/// `ClusterException` that names the object. Objects returned belong to the caller, except those of
/// a watch. Safe for many threads.
public interface Cluster extends AutoCloseable {

  /// The server's version, for example `v1.36.3`.
  String version();

  /// The object, or empty where it or its namespace does not exist.
  <T extends HasMetadata> Optional<T> find(Class<T> kind, ObjectName name);

  /// The object; `NotFound` where it does not exist.
  default <T extends HasMetadata> T get(Class<T> kind, ObjectName name) {
    return find(kind, name)
        .orElseThrow(() ->
            new ClusterException.NotFound(kind.getSimpleName() + " " + name + " does not exist"));
  }

  /// All objects that match, as one consistent list. A failure is never an empty list.
  <T extends HasMetadata> List<T> list(Class<T> kind, Query query);

  /// `group/version` of all that the server has, `v1` for the core group, by one call. What is not
  /// among them need not be asked for.
  Set<String> groupVersions();

  /// All objects of a resource as the server has them, of one namespace or of all; empty where the
  /// server has no such resource. Not one moment's list where it changes meanwhile.
  default Optional<List<JsonNode>> listPlain(
      GroupVersionResource resource, @Nullable String namespace) {
    return listPlain(resource, namespace, JsonParser::readValueAsTree);
  }

  /// The same by a server's binary form, where it has one: `reading` gets JSON or that, and finds
  /// out which. The default is JSON.
  default <T> Optional<List<T>> listPlain(
      GroupVersionResource resource,
      @Nullable String namespace,
      BinaryForm binary,
      ItemReading<T> reading) {
    return listPlain(resource, namespace, reading);
  }

  /// The same, of which only what is read is held, however many objects there are. An object may be
  /// read twice: the server may forget a list half way.
  <T> Optional<List<T>> listPlain(
      GroupVersionResource resource, @Nullable String namespace, ItemReading<T> reading);

  /// The metadata of all objects of a resource that have these labels, however large the objects
  /// are; empty where the server has no such resource.
  Optional<List<ObjectMeta>> listMetadata(
      GroupVersionResource resource, Map<String, String> labels);

  /// Creates it; `Conflict` where the name is taken. After `Unreachable` it may exist.
  <T extends HasMetadata> T create(T object);

  /// Replaces it; `Conflict` where `metadata.resourceVersion` is set and no longer the newest.
  <T extends HasMetadata> T replace(T object);

  /// Server-side apply as field manager `muster`, taking fields over from others. Idempotent.
  <T extends HasMetadata> T apply(T object);

  /// Changes annotations and labels, and nothing else. Idempotent.
  <T extends HasMetadata> T patchMetadata(Class<T> kind, ObjectName name, MetadataPatch patch);

  /// Deletes it with its dependents; an absent object is a success. Does not wait for finalizers.
  <T extends HasMetadata> void delete(Class<T> kind, ObjectName name, Deletion how);

  default <T extends HasMetadata> void delete(Class<T> kind, ObjectName name) {
    delete(kind, name, Deletion.plain());
  }

  /// Lists, then follows: returns once the first list is in `items()`. Changes come one at a time,
  /// in order for each object; every object is told again at each `resync`; gaps heal by a new
  /// list. A consumer that throws is logged and the watch goes on; it must not block for long.
  <T extends HasMetadata> Watching<T> watch(
      Class<T> kind, Query query, Duration resync, Consumer<Change<T>> consumer);

  /// Waits until the object is as wanted, `empty` standing for absent; returns what was seen last.
  /// The caller must check it: after the limit it is whatever it is.
  <T extends HasMetadata> Optional<T> await(
      Class<T> kind, ObjectName name, Predicate<Optional<T>> wanted, Duration limit);

  /// Runs a command in a container. `NotFound` and `Forbidden` are thrown; all else is an outcome.
  ExecOutcome exec(ExecCall call);

  /// The last lines of a container's log, at most 64 KiB; empty where there is none yet.
  String logs(ObjectName pod, String container, int lines);

  /// Whom the token speaks for; empty where it is not valid for this audience.
  Optional<Caller> authenticate(String token, String audience);

  /// Whether the caller may do it.
  boolean mayDo(Caller caller, Access access);

  @Override
  void close();
}
