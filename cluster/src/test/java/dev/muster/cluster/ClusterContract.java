package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every `Cluster` keeps: the fake in memory and a real API server alike.
public abstract class ClusterContract {

  private final String namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);

  protected abstract Cluster cluster();

  @BeforeEach
  void prepare() {
    cluster()
        .create(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
  }

  @Test
  void absentObjectIsEmptyAndGetNamesIt() {
    ObjectName name = ObjectName.in(namespace, "absent");

    assertThat(cluster().find(ConfigMap.class, name)).isEmpty();
    assertThatThrownBy(() -> cluster().get(ConfigMap.class, name))
        .isInstanceOf(ClusterException.NotFound.class)
        .hasMessageContaining(namespace + "/absent");
  }

  @Test
  void createdObjectIsReturnedWithIdentity() {
    ConfigMap created = cluster().create(map("one"));

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getResourceVersion()).isNotEmpty();
    assertThat(cluster().get(ConfigMap.class, name("one")).getData()).containsEntry("k", "v");
  }

  @Test
  void groupVersionsAreThoseOfTheServerAndNoOther() {
    assertThat(cluster().groupVersions())
        .contains("v1", "apps/v1")
        .doesNotContain("farm.example/v1");
  }

  @Test
  void plainObjectsAreThoseOfTheNamespaceAndAnUnknownResourceIsNone() {
    GroupVersionResource maps = new GroupVersionResource("", "v1", "configmaps");
    cluster().create(map("plain"));

    assertThat(cluster().listPlain(maps, namespace).orElseThrow())
        .extracting(each -> each.at("/metadata/name").asText() + each.at("/data/k").asText())
        .contains("plainv");
    assertThat(cluster().listPlain(maps, null).orElseThrow()).isNotEmpty();
    assertThat(cluster().listPlain(new GroupVersionResource("", "v1", "sheep"), null)).isEmpty();
    assertThat(cluster().listPlain(new GroupVersionResource("farm.example", "v1", "sheep"), null))
        .isEmpty();
  }

  @Test
  void metadataOfObjectsIsWithoutTheirContentAndAnUnknownResourceIsNone() {
    GroupVersionResource maps = new GroupVersionResource("", "v1", "configmaps");
    ConfigMap ours = map("ours");
    ours.getMetadata().getLabels().put("at", namespace);
    cluster().create(ours);
    cluster().create(map("other"));

    assertThat(cluster().listMetadata(maps, Map.of("app", "contract", "at", namespace)))
        .hasValueSatisfying(found ->
            assertThat(found)
                .singleElement()
                .satisfies(one -> {
                  assertThat(one.getNamespace()).isEqualTo(namespace);
                  assertThat(one.getName()).isEqualTo("ours");
                  assertThat(one.getAnnotations()).containsEntry("kept", "yes");
                }));
    assertThat(cluster().listMetadata(maps, Map.of("at", "nowhere"))).hasValue(List.of());
    assertThat(
            cluster()
                .listMetadata(new GroupVersionResource("farm.example", "v1", "sheep"), Map.of()))
        .isEmpty();
  }

  @Test
  void secondCreateIsAConflict() {
    cluster().create(map("twice"));

    assertThatThrownBy(() -> cluster().create(map("twice")))
        .isInstanceOf(ClusterException.Conflict.class)
        .hasMessageContaining("twice");
  }

  @Test
  void createInAnAbsentNamespaceIsNotFound() {
    ConfigMap lost = map("lost");
    lost.getMetadata().setNamespace("no-" + namespace);

    assertThatThrownBy(() -> cluster().create(lost)).isInstanceOf(ClusterException.NotFound.class);
  }

  @Test
  @Covers("F31")
  void replaceOfAnOldVersionIsAConflict() {
    ConfigMap first = cluster().create(map("versions"));
    first.setData(Map.of("k", "new"));
    ConfigMap second = cluster().replace(first);

    assertThat(second.getData()).containsEntry("k", "new");
    assertThatThrownBy(() -> cluster().replace(first))
        .isInstanceOf(ClusterException.Conflict.class);
  }

  @Test
  void applyIsIdempotent() {
    cluster().apply(map("applied"));
    cluster().apply(map("applied"));

    assertThat(cluster().get(ConfigMap.class, name("applied")).getData()).containsEntry("k", "v");
  }

  @Test
  void metadataPatchSetsAndRemovesKeysAndNothingElse() {
    cluster().create(map("patched"));
    Map<String, @Nullable String> change = new HashMap<>();
    change.put("muster.dev/plan", "standard");
    change.put("old", null);

    ConfigMap after =
        cluster()
            .patchMetadata(ConfigMap.class, name("patched"), MetadataPatch.annotations(change));

    assertThat(after.getMetadata().getAnnotations())
        .containsEntry("muster.dev/plan", "standard")
        .containsEntry("kept", "yes")
        .doesNotContainKey("old");
    assertThat(after.getData()).containsEntry("k", "v");
    assertThat(after.getMetadata().getLabels()).containsEntry("app", "contract");
  }

  @Test
  @Covers("F30")
  void metadataPatchForAnotherUidIsAConflict() {
    cluster().create(map("reborn"));

    MetadataPatch patch =
        MetadataPatch.annotations(Map.of("a", "b")).onlyUid(UUID.randomUUID().toString());

    assertThatThrownBy(() -> cluster().patchMetadata(ConfigMap.class, name("reborn"), patch))
        .isInstanceOf(ClusterException.Conflict.class);
  }

  @Test
  void metadataPatchOfAnAbsentObjectIsNotFound() {
    assertThatThrownBy(() ->
            cluster()
                .patchMetadata(
                    ConfigMap.class, name("nowhere"), MetadataPatch.annotations(Map.of("a", "b"))))
        .isInstanceOf(ClusterException.NotFound.class);
  }

  @Test
  @Covers("F30")
  void deleteIsIdempotentAndHeedsTheUid() {
    cluster().create(map("deleted"));
    Deletion other = Deletion.plain().onlyUid(UUID.randomUUID().toString());

    assertThatThrownBy(() -> cluster().delete(ConfigMap.class, name("deleted"), other))
        .isInstanceOf(ClusterException.Conflict.class);
    cluster().delete(ConfigMap.class, name("deleted"));
    cluster().delete(ConfigMap.class, name("deleted"));

    assertThat(cluster().find(ConfigMap.class, name("deleted"))).isEmpty();
  }

  @Test
  void listSelectsByLabelAndNamespace() {
    cluster().create(map("listed"));
    ConfigMap other = map("unlabelled");
    other.getMetadata().setLabels(Map.of());
    cluster().create(other);

    List<ConfigMap> found =
        cluster().list(ConfigMap.class, Query.in(namespace).label("app", "contract"));

    assertThat(found).extracting(map -> map.getMetadata().getName()).containsExactly("listed");
  }

  @Test
  void watchTellsWhatExistsChangesAndGoes() throws InterruptedException {
    cluster().create(map("watched"));
    BlockingQueue<Change<ConfigMap>> told = new LinkedBlockingQueue<>();

    try (Watching<ConfigMap> watching =
        cluster()
            .watch(
                ConfigMap.class,
                Query.in(namespace).label("app", "contract"),
                Duration.ofMinutes(5),
                told::add)) {
      assertThat(watching.item(name("watched"))).isPresent();
      assertThat(next(told)).isInstanceOf(Change.Present.class);

      cluster()
          .patchMetadata(
              ConfigMap.class, name("watched"), MetadataPatch.annotations(Map.of("x", "y")));
      assertThat(next(told).object().getMetadata().getAnnotations()).containsEntry("x", "y");

      cluster().delete(ConfigMap.class, name("watched"));
      assertThat(next(told)).isInstanceOf(Change.Gone.class);
      assertThat(watching.live()).isTrue();
    }
  }

  @Test
  void awaitReturnsWhatWasSeenLast() {
    cluster().create(map("awaited"));

    assertThat(
            cluster()
                .await(
                    ConfigMap.class,
                    name("awaited"),
                    seen -> seen.isPresent(),
                    Duration.ofSeconds(5)))
        .isPresent();
    assertThat(
            cluster()
                .await(
                    ConfigMap.class,
                    name("never"),
                    seen -> seen.isPresent(),
                    Duration.ofMillis(300)))
        .isEmpty();
  }

  @Test
  void sameEventIsCountedInOneObject() {
    ConfigMap about = cluster().create(map("told"));
    Events events = new Events(cluster(), InstantSource.system(), "muster-test");

    events.tell(about, Events.Type.NORMAL, "BackupSealed", "point sealed");
    events.tell(about, Events.Type.NORMAL, "BackupSealed", "point sealed");

    assertThat(cluster().list(Event.class, Query.in(namespace)))
        .singleElement()
        .satisfies(event -> assertThat(event.getCount()).isEqualTo(2));
  }

  @Test
  void twoReplicasNeverHoldTheLeaseTogether() {
    Leadership one = leadership("one");
    Leadership two = leadership("two");

    assertThat(one.attend()).isTrue();
    assertThat(two.attend()).isFalse();
    assertThat(one.attend()).isTrue();

    one.resign();
    assertThat(two.attend()).isTrue();
    assertThat(one.attend()).isFalse();
  }

  @Test
  void unknownTokenAuthenticatesNobody() {
    assertThat(cluster().authenticate("no.such.token", "muster-run")).isEmpty();
  }

  @Test
  void strangerMayDoNothing() {
    Caller stranger = new Caller("stranger", List.of(), Map.of());

    assertThat(cluster().mayDo(stranger, new Access("delete", "", "pods", namespace, null)))
        .isFalse();
  }

  private Leadership leadership(String identity) {
    return new Leadership(
        cluster(),
        ObjectName.in(namespace, "lead"),
        identity,
        Duration.ofSeconds(15),
        InstantSource.system(),
        System::nanoTime);
  }

  private ObjectName name(String name) {
    return ObjectName.in(namespace, name);
  }

  private ConfigMap map(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .addToLabels("app", "contract")
        .addToAnnotations("kept", "yes")
        .addToAnnotations("old", "1")
        .endMetadata()
        .addToData("k", "v")
        .build();
  }

  private static <E> E next(BlockingQueue<E> queue) throws InterruptedException {
    E found = queue.poll(10, TimeUnit.SECONDS);
    assertThat(found).as("a change within 10 s").isNotNull();
    return found;
  }
}
