package dev.muster.auditor.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.Policies;
import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.run.Database;
import dev.muster.cluster.Events;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfiles;
import dev.muster.config.Hook;
import dev.muster.config.HookTable;
import dev.muster.model.ContractReader;
import dev.muster.model.Managed;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealerTest {

  private static final Hook CHECKPOINT =
      new Hook("checkpoint", Hook.Claim.FLUSHED, List.of(), "CHECKPOINT", Optional.empty());

  private final FakeCluster cluster = new FakeCluster(InstantSource.system());
  private Healer healer = healer();

  @BeforeEach
  void databaseThatAdmissionDidNotSee() {
    Database.in(cluster);
    annotate(Map.of());
    cluster.edit(
        Pod.class,
        Database.POD,
        pod ->
            pod.getSpec()
                .setVolumes(
                    List.of(
                        new VolumeBuilder()
                            .withName("data")
                            .withNewPersistentVolumeClaim("data-db-0", false)
                            .build())));
  }

  @Test
  void recognisedWorkloadGetsWhatAdmissionWouldHaveSet() {
    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/engine", "postgresql")
        .containsEntry("muster.dev/method", "dump")
        .containsEntry("muster.dev/plan", "standard")
        .containsKey("muster.dev/managed");
    assertThat(cluster.list(Event.class, Query.in("shop")))
        .extracting(Event::getReason)
        .contains("ContractSet");
  }

  /// Else a rule of the site's own would be undone as soon as admission had followed it.
  @Test
  @Covers("F8")
  void policyIsAskedWhatAdmissionAsksIt() {
    List<JsonNode> asked = new ArrayList<>();
    PolicyEngine listening = listening(asked);
    healer = healer(listening, Policies.CONFIGURATION, Policies.PROFILES);
    cluster.edit(
        StatefulSet.class,
        Database.SET,
        set -> set.getMetadata().setLabels(Map.of("app.kubernetes.io/part-of", "bank")));
    cluster.edit(
        Namespace.class,
        ObjectName.global("shop"),
        shop -> shop.getMetadata().setLabels(Map.of("muster.dev/enforce", "enforce")));
    annotate(Map.of("muster.dev/plan", "none-of-ours"));

    heal();

    JsonNode set =
        asked.stream()
            .filter(each -> each.path("kind").asText().equals("StatefulSet"))
            .findFirst()
            .orElseThrow();
    assertThat(set.at("/labels/app.kubernetes.io~1part-of").asText()).isEqualTo("bank");
    assertThat(set.path("level").asText()).isEqualTo("enforce");
    assertThat(set.at("/problems/0/key").asText()).isEqualTo("muster.dev/plan");
  }

  @Test
  void labelThatIsNoLevelMeansTheDefault() {
    healer =
        healer(
            ConfigurationReader.read("muster.yaml", "enforcement: {default: audit}"),
            Policies.PROFILES);
    cluster.edit(
        Namespace.class,
        ObjectName.global("shop"),
        shop -> shop.getMetadata().setLabels(Map.of("muster.dev/enforce", "enfroce")));

    heal();

    assertThat(patches()).isZero();
  }

  @Test
  @Covers("F8")
  void secondLookChangesNothing() {
    heal();
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  @Test
  void whatAdmissionDecidedKeepsItsDecision() {
    heal();
    Managed managed = Managed.of(annotations()).decidedBy("0123456789ab");
    cluster.patchMetadata(
        StatefulSet.class,
        Database.SET,
        MetadataPatch.annotations(Map.of("muster.dev/managed", managed.text())));
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  @Test
  void runningPodGetsItsHooksInPlace() {
    heal();

    Pod pod = cluster.get(Pod.class, Database.POD);
    assertThat(pod.getMetadata().getAnnotations()).containsKey("muster.dev/hooks");
    assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("postgres:15");
  }

  @Test
  void keyOfAPersonIsNeverOverwritten() {
    annotate(Map.of("muster.dev/plan", "standard", "muster.dev/method", "dump"));

    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/method", "dump")
        .containsEntry("muster.dev/engine", "postgresql");
    assertThat(annotations().get("muster.dev/managed")).doesNotContain("method", "plan");
  }

  @Test
  void optingOutTakesBackWhatMusterSetAndNothingElse() {
    heal();
    Map<String, @Nullable String> optOut = new HashMap<>();
    optOut.put("muster.dev/protect", "false");
    optOut.put("muster.dev/databases", "app");
    cluster.patchMetadata(StatefulSet.class, Database.SET, MetadataPatch.annotations(optOut));

    heal();

    assertThat(annotations())
        .containsEntry("muster.dev/protect", "false")
        .containsEntry("muster.dev/databases", "app")
        .doesNotContainKeys("muster.dev/plan", "muster.dev/engine", "muster.dev/managed");
    Pod pod = cluster.get(Pod.class, Database.POD);
    assertThat(Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of()))
        .doesNotContainKey("muster.dev/hooks");
  }

  @Test
  void optOutOfTheNamespaceCounts() {
    cluster.patchMetadata(
        Namespace.class,
        ObjectName.global("shop"),
        MetadataPatch.annotations(Map.of("muster.dev/protect", "false")));

    heal();

    assertThat(annotations()).doesNotContainKey("muster.dev/plan");
  }

  @Test
  void namespaceThatOnlyReportsIsLeftAlone() {
    cluster.patchMetadata(
        Namespace.class,
        ObjectName.global("shop"),
        MetadataPatch.labels(Map.of("muster.dev/enforce", "audit")));
    long before = patches();

    heal();

    assertThat(patches()).isEqualTo(before);
  }

  @Test
  void hooksForVeleroAreSetOnRunningPodsAndFollowTheProfile() {
    var spec = cluster.get(Pod.class, Database.POD).getSpec();
    heal(velero(CHECKPOINT));
    assertThat(podAnnotations())
        .containsEntry("pre.hook.backup.velero.io/container", "postgres")
        .containsEntry("pre.hook.backup.velero.io/command", command("CHECKPOINT"))
        .doesNotContainKey("post.hook.backup.velero.io/command");

    heal(velero(new Hook("freeze", Hook.Claim.APPLICATION, List.of(), "one", Optional.of("two"))));

    assertThat(podAnnotations())
        .containsEntry("muster.dev/hooks", "freeze")
        .containsEntry("pre.hook.backup.velero.io/command", command("one"))
        .containsEntry("post.hook.backup.velero.io/command", command("two"));
    assertThat(cluster.get(Pod.class, Database.POD).getSpec()).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"StatefulSet", "Namespace", "Pod"})
  void hooksGoWithTheOptOutWhereverItIsSaid(String kind) {
    heal(velero(CHECKPOINT));
    var optOut = MetadataPatch.annotations(Map.of("muster.dev/hooks", "off"));
    switch (kind) {
      case "StatefulSet" -> cluster.patchMetadata(StatefulSet.class, Database.SET, optOut);
      case "Namespace" ->
          cluster.patchMetadata(
              Namespace.class,
              ObjectName.global("shop"),
              MetadataPatch.annotations(Map.of("muster.dev/protect", "false")));
      default -> cluster.patchMetadata(Pod.class, Database.POD, optOut);
    }

    heal(velero(CHECKPOINT));

    assertThat(podAnnotations().keySet()).noneMatch(key -> key.contains("velero"));
    assertThat(podAnnotations().get("muster.dev/hooks")).isIn(null, "off");
  }

  @Test
  void hookOfAPersonIsNotMixedWithOurs() {
    heal(velero(CHECKPOINT));
    cluster.patchMetadata(
        Pod.class,
        Database.POD,
        MetadataPatch.annotations(Map.of("pre.hook.backup.velero.io/command", "/own/freeze")));

    heal(velero(CHECKPOINT));

    assertThat(podAnnotations())
        .containsEntry("pre.hook.backup.velero.io/command", "/own/freeze")
        .containsEntry("muster.dev/hooks", "checkpoint")
        .doesNotContainKeys(
            "pre.hook.backup.velero.io/container", "pre.hook.backup.velero.io/timeout");
  }

  private static String command(String script) {
    return "[\"timeout\",\"-s\",\"KILL\",\"28\",\"/bin/sh\",\"-c\",\"" + script + "\"]";
  }

  private Map<String, String> podAnnotations() {
    return Objects.requireNonNullElse(
        cluster.get(Pod.class, Database.POD).getMetadata().getAnnotations(), Map.of());
  }

  private Healer velero(Hook hook) {
    return healer(
        ConfigurationReader.read("muster.yaml", "admission: { velero-hooks: true }"),
        new EngineProfiles(Policies.PROFILES.byName(), new HookTable(Map.of("postgresql", hook))));
  }

  private void heal() {
    heal(healer);
  }

  private void heal(Healer one) {
    Workload workload = Workload.of(cluster.get(StatefulSet.class, Database.SET)).orElseThrow();
    one.consider(
        workload,
        cluster.get(Namespace.class, ObjectName.global("shop")),
        cluster.list(Pod.class, Query.in("shop")));
  }

  private Map<String, String> annotations() {
    return cluster.get(StatefulSet.class, Database.SET).getMetadata().getAnnotations();
  }

  private void annotate(Map<String, String> annotations) {
    cluster.edit(
        StatefulSet.class, Database.SET, set -> set.getMetadata().setAnnotations(annotations));
  }

  private long patches() {
    return cluster.calls().stream().filter(call -> call.verb().equals("patch")).count();
  }

  private static PolicyEngine listening(List<JsonNode> asked) {
    return new PolicyEngine() {
      @Override
      public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
        asked.add(input);
        return Policies.ENGINE.evaluate(entrypoint, input);
      }

      @Override
      public String digest() {
        return Policies.ENGINE.digest();
      }
    };
  }

  private Healer healer() {
    return healer(Policies.CONFIGURATION, Policies.PROFILES);
  }

  private Healer healer(Configuration configuration, EngineProfiles profiles) {
    return healer(Policies.ENGINE, configuration, profiles);
  }

  private Healer healer(PolicyEngine engine, Configuration configuration, EngineProfiles profiles) {
    PolicyRecognition policy =
        new PolicyRecognition(engine, configuration, profiles, InstantSource.system());
    return new Healer(
        cluster,
        new Contracts(new ContractReader(configuration.vocabulary(profiles)), policy),
        policy,
        new Events(cluster, InstantSource.system(), "muster-auditor"),
        configuration,
        new Pace(Duration.ZERO),
        changed -> {});
  }
}
