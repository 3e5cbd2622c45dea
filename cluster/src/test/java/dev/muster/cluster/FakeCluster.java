package dev.muster.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A cluster in memory: names, versions, UIDs, owners and namespaces behave as on a server; no
/// controller runs, so a test plays kubelet and Job controller with `edit`.
public final class FakeCluster implements Cluster {

  /// One call, before it takes effect.
  public record Call(String verb, Class<? extends HasMetadata> kind, ObjectName name) {}

  private record Key(Class<?> kind, ObjectName name) {}

  /// Slow to make, safe to share.
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private static final ObjectMapper PLAIN = new ObjectMapper();

  /// Of every server, also while there is none of them.
  private static final Set<String> BUILT_IN =
      Set.of(
          "namespaces",
          "persistentvolumeclaims",
          "persistentvolumes",
          "pods",
          "statefulsets",
          "deployments",
          "daemonsets",
          "cronjobs",
          "services");

  private final InstantSource clock;
  private final Map<Key, HasMetadata> objects = new LinkedHashMap<>();
  private final List<FakeWatching<?>> watches = new CopyOnWriteArrayList<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Caller> tokens = new HashMap<>();
  private final Map<GroupVersionResource, List<JsonNode>> plain = new HashMap<>();
  private Consumer<GroupVersionResource> plainGate = resource -> {};
  private Consumer<Call> gate = call -> {};
  private Consumer<HasMetadata> admission = object -> {};
  private BiPredicate<Caller, Access> authorizer = (caller, access) -> false;
  private Function<ExecCall, ExecOutcome> executor = call -> new ExecOutcome.Lost("no kubelet");
  private final Map<String, String> logs = new HashMap<>();
  private long version = 1;

  public FakeCluster(InstantSource clock) {
    this.clock = clock;
    namespace("kube-system");
    namespace("default");
  }

  public Namespace namespace(String name) {
    return create(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
  }

  /// Runs before each call takes effect; what it throws is the answer.
  public void gate(Consumer<Call> gate) {
    this.gate = gate;
  }

  /// Runs on each object to be created; what it throws is the answer.
  public void admission(Consumer<HasMetadata> admission) {
    this.admission = admission;
  }

  public void authorizer(BiPredicate<Caller, Access> authorizer) {
    this.authorizer = authorizer;
  }

  public void executor(Function<ExecCall, ExecOutcome> executor) {
    this.executor = executor;
  }

  public void token(String token, String audience, Caller caller) {
    tokens.put(token + "\0" + audience, caller);
  }

  public void log(ObjectName pod, String container, String text) {
    logs.put(pod + "\0" + container, text);
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /// Changes an object as a controller would, status included.
  public <T extends HasMetadata> T edit(Class<T> kind, ObjectName name, Consumer<T> change) {
    T changed;
    @Nullable HasMetadata before;
    synchronized (this) {
      changed = JSON.clone(stored(kind, name).orElseThrow());
      change.accept(changed);
      before = put(changed);
    }
    return told(changed, before);
  }

  @Override
  public String version() {
    return "v1.36.3";
  }

  @Override
  public synchronized <T extends HasMetadata> Optional<T> find(Class<T> kind, ObjectName name) {
    note("get", kind, name);
    return stored(kind, name).map(JSON::clone);
  }

  @Override
  public synchronized <T extends HasMetadata> List<T> list(Class<T> kind, Query query) {
    note(
        "list", kind, new ObjectName(query.namespace(), query.name() == null ? "*" : query.name()));
    List<T> found = new ArrayList<>();
    objects.forEach((key, object) -> {
      if (key.kind() == kind && query.matches(object)) {
        found.add(JSON.clone(kind.cast(object)));
      }
    });
    return List.copyOf(found);
  }

  /// Of what is built in, and of what somebody gave objects.
  @Override
  public synchronized Set<String> groupVersions() {
    Set<String> all = new HashSet<>(List.of("v1", "apps/v1", "batch/v1"));
    plain.keySet().forEach(resource -> all.add(resource.groupVersion()));
    objects.values().forEach(object -> all.add(resource(object).groupVersion()));
    return Set.copyOf(all);
  }

  /// A resource is known if it is built in, once somebody gave objects of it, or said [#plain].
  @Override
  public synchronized <T> Optional<List<T>> listPlain(
      GroupVersionResource resource, @Nullable String namespace, ItemReading<T> reading) {
    plainGate.accept(resource);
    List<JsonNode> all = new ArrayList<>(plain.getOrDefault(resource, List.of()));
    objects.values().stream()
        .filter(object -> resource.equals(resource(object)))
        .forEach(object -> all.add(JSON.convertValue(object, JsonNode.class)));
    if (all.isEmpty() && !plain.containsKey(resource) && !BUILT_IN.contains(resource.plural())) {
      return Optional.empty();
    }
    return Optional.of(
        all.stream()
            .filter(each ->
                namespace == null || each.at("/metadata/namespace").asText().equals(namespace))
            .map(each -> read(each, reading))
            .toList());
  }

  /// A resource is known as in [#listPlain].
  @Override
  public synchronized Optional<List<ObjectMeta>> listMetadata(
      GroupVersionResource resource, Map<String, String> labels) {
    return listPlain(resource, null, at -> PLAIN.<JsonNode>readTree(at).path("metadata"))
        .map(all ->
            all.stream()
                .map(each -> JSON.convertValue(each, ObjectMeta.class))
                .filter(each -> labelled(each, labels))
                .toList());
  }

  private static boolean labelled(ObjectMeta object, Map<String, String> labels) {
    return object.getLabels() != null
        && object.getLabels().entrySet().containsAll(labels.entrySet());
  }

  private static <T> T read(JsonNode object, ItemReading<T> reading) {
    try (JsonParser at = PLAIN.treeAsTokens(object)) {
      at.nextToken();
      return reading.read(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GroupVersionResource resource(HasMetadata object) {
    return new GroupVersionResource(
        HasMetadata.getGroup(object.getClass()),
        HasMetadata.getVersion(object.getClass()),
        HasMetadata.getPlural(object.getClass()));
  }

  /// Objects of a resource that has no class.
  public synchronized void plain(GroupVersionResource resource, List<JsonNode> objects) {
    plain.put(resource, List.copyOf(objects));
  }

  /// Runs before each list of plain objects; what it throws is the answer.
  public void plainGate(Consumer<GroupVersionResource> gate) {
    this.plainGate = gate;
  }

  @Override
  public <T extends HasMetadata> T create(T object) {
    T stored = JSON.clone(object);
    ObjectMeta metadata = stored.getMetadata();
    if (metadata.getName() == null) {
      metadata.setName(metadata.getGenerateName() + UUID.randomUUID().toString().substring(0, 5));
    }
    ObjectName name = ObjectName.of(stored);
    note("create", kind(stored), name);
    synchronized (this) {
      requireNamespace(stored);
      if (objects.containsKey(new Key(stored.getClass(), name))) {
        throw new ClusterException.Conflict("create " + said(stored) + ": already exists");
      }
      admission.accept(stored);
      metadata.setUid(UUID.randomUUID().toString());
      metadata.setCreationTimestamp(clock.instant().toString());
      metadata.setGeneration(1L);
      put(stored);
    }
    return told(stored, null);
  }

  @Override
  public <T extends HasMetadata> T replace(T object) {
    note("update", kind(object), ObjectName.of(object));
    T stored = JSON.clone(object);
    HasMetadata before;
    synchronized (this) {
      before =
          stored(kind(object), ObjectName.of(object))
              .orElseThrow(() -> new ClusterException.NotFound(said(object) + " does not exist"));
      String wanted = object.getMetadata().getResourceVersion();
      if (wanted != null && !wanted.equals(before.getMetadata().getResourceVersion())) {
        throw new ClusterException.Conflict(said(object) + " has been modified");
      }
      keepIdentity(before, stored);
      put(stored);
    }
    return told(stored, before);
  }

  @Override
  public <T extends HasMetadata> T apply(T object) {
    if (stored(kind(object), ObjectName.of(object)).isEmpty()) {
      return create(object);
    }
    T stored = JSON.clone(object);
    stored.getMetadata().setResourceVersion(null);
    return replace(stored);
  }

  @Override
  public <T extends HasMetadata> T patchMetadata(
      Class<T> kind, ObjectName name, MetadataPatch patch) {
    note("patch", kind, name);
    T changed;
    T before;
    synchronized (this) {
      before =
          stored(kind, name)
              .orElseThrow(() -> new ClusterException.NotFound(name + " does not exist"));
      ObjectMeta metadata = before.getMetadata();
      if ((patch.uid() != null && !patch.uid().equals(metadata.getUid()))
          || (patch.resourceVersion() != null
              && !patch.resourceVersion().equals(metadata.getResourceVersion()))) {
        throw new ClusterException.Conflict(name + " is another object now");
      }
      changed = JSON.clone(before);
      changed.getMetadata().setAnnotations(merged(metadata.getAnnotations(), patch.annotations()));
      changed.getMetadata().setLabels(merged(metadata.getLabels(), patch.labels()));
      put(changed);
    }
    return told(changed, before);
  }

  @Override
  public <T extends HasMetadata> void delete(Class<T> kind, ObjectName name, Deletion how) {
    note("delete", kind, name);
    List<HasMetadata> gone = new ArrayList<>();
    synchronized (this) {
      Optional<T> found = stored(kind, name);
      if (found.isEmpty()) {
        return;
      }
      if (how.uid() != null && !how.uid().equals(found.get().getMetadata().getUid())) {
        throw new ClusterException.Conflict(name + " has another UID");
      }
      collect(found.get(), gone);
    }
    gone.forEach(object -> watches.forEach(watch -> watch.gone(object)));
  }

  @Override
  public <T extends HasMetadata> Watching<T> watch(
      Class<T> kind, Query query, Duration resync, Consumer<Change<T>> consumer) {
    note("watch", kind, new ObjectName(query.namespace(), "*"));
    var watch = new FakeWatching<>(this, kind, query, consumer, watches::remove);
    watches.add(watch);
    list(kind, query).forEach(watch::present);
    return watch;
  }

  /// Tells every watch every object again.
  public void resync() {
    watches.forEach(FakeWatching::resync);
  }

  @Override
  public <T extends HasMetadata> Optional<T> await(
      Class<T> kind, ObjectName name, Predicate<Optional<T>> wanted, Duration limit) {
    Optional<T> seen = find(kind, name);
    long end = System.nanoTime() + Math.min(limit.toNanos(), 5_000_000_000L);
    while (!wanted.test(seen) && System.nanoTime() < end) {
      Thread.onSpinWait();
      Thread.yield();
      seen = stored(kind, name).map(JSON::clone);
    }
    return seen;
  }

  @Override
  public ExecOutcome exec(ExecCall call) {
    return executor.apply(call);
  }

  @Override
  public String logs(ObjectName pod, String container, int lines) {
    return logs.getOrDefault(pod + "\0" + container, "");
  }

  @Override
  public Optional<Caller> authenticate(String token, String audience) {
    return Optional.ofNullable(tokens.get(token + "\0" + audience));
  }

  @Override
  public boolean mayDo(Caller caller, Access access) {
    return authorizer.test(caller, access);
  }

  @Override
  public void close() {
    watches.clear();
  }

  /// Within the lock under which the object was read, or a deletion in between is undone.
  private synchronized @Nullable HasMetadata put(HasMetadata object) {
    object.getMetadata().setResourceVersion(Long.toString(++version));
    return objects.put(new Key(object.getClass(), ObjectName.of(object)), object);
  }

  /// Outside of it: who hears of it may ask us.
  private <T extends HasMetadata> T told(T object, @Nullable HasMetadata before) {
    watches.forEach(watch -> watch.present(object, before));
    return JSON.clone(object);
  }

  private void collect(HasMetadata object, List<HasMetadata> gone) {
    if (objects.remove(new Key(object.getClass(), ObjectName.of(object))) == null) {
      return;
    }
    gone.add(object);
    String uid = object.getMetadata().getUid();
    String inside = object instanceof Namespace ? object.getMetadata().getName() : null;
    for (HasMetadata other : List.copyOf(objects.values())) {
      boolean owned =
          other.getMetadata().getOwnerReferences() != null
              && other.getMetadata().getOwnerReferences().stream()
                  .anyMatch(owner -> owner.getUid().equals(uid));
      if (owned || (inside != null && inside.equals(other.getMetadata().getNamespace()))) {
        collect(other, gone);
      }
    }
  }

  private synchronized <T extends HasMetadata> Optional<T> stored(Class<T> kind, ObjectName name) {
    return Optional.ofNullable(objects.get(new Key(kind, name))).map(kind::cast);
  }

  private void requireNamespace(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    if (object instanceof Namespaced
        && (namespace == null
            || !objects.containsKey(new Key(Namespace.class, ObjectName.global(namespace))))) {
      throw new ClusterException.NotFound(
          "create " + said(object) + ": namespace " + namespace + " not found");
    }
  }

  private void note(String verb, Class<? extends HasMetadata> kind, ObjectName name) {
    Call call = new Call(verb, kind, name);
    calls.add(call);
    gate.accept(call);
  }

  private static void keepIdentity(HasMetadata before, HasMetadata after) {
    after.getMetadata().setUid(before.getMetadata().getUid());
    after.getMetadata().setCreationTimestamp(before.getMetadata().getCreationTimestamp());
  }

  private static Map<String, String> merged(
      @Nullable Map<String, String> before, Map<String, @Nullable String> patch) {
    Map<String, String> after = before == null ? new HashMap<>() : new HashMap<>(before);
    patch.forEach((key, value) -> {
      if (value == null) {
        after.remove(key);
      } else {
        after.put(key, value);
      }
    });
    return after;
  }

  @SuppressWarnings("unchecked")
  private static <T extends HasMetadata> Class<T> kind(T object) {
    return (Class<T>) object.getClass();
  }

  private static String said(HasMetadata object) {
    return object.getKind() + " " + ObjectName.of(object);
  }
}
