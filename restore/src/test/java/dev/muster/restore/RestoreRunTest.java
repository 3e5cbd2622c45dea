package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.cluster.ExecOutcome;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.FakeKubelet;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.repository.Json;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RestoreRunTest {
  private static final byte[] PLAIN = "PGDMP and more".getBytes(StandardCharsets.UTF_8);
  private static final String TARGET = "app_restored_20261101t020000z_k3f9";

  private final FakeCluster cluster = new FakeCluster(InstantSource.fixed(StoredPoint.SLOT));
  private final FakeKubelet kubelet = new FakeKubelet(cluster).keeps("db-0");
  private final StoredPoint point = new StoredPoint();
  private final Manifest manifest = point.store(List.of(point.stream("db-app", "app", PLAIN)));
  private final List<String> news = new ArrayList<>();
  private final RestoreRun run =
      new RestoreRun(
          cluster,
          point.office(point.identity),
          "muster:1",
          Optional.empty(),
          Duration.ofSeconds(1),
          RandomGenerator.getDefault(),
          news::add);

  @BeforeEach
  void workload() {
    cluster.namespace("shop");
    Map<String, String> labels = Map.of("app", "db");
    Pod template =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("db-0")
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("postgres")
            .withImage("muster.test/postgres:15")
            .addNewEnv()
            .withName("POSTGRES_DB")
            .withValue("app")
            .endEnv()
            .endContainer()
            .endSpec()
            .build();
    cluster.create(
        new StatefulSetBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("db")
            .endMetadata()
            .withNewSpec()
            .withNewSelector()
            .withMatchLabels(labels)
            .endSelector()
            .withNewTemplate()
            .withSpec(template.getSpec())
            .endTemplate()
            .endSpec()
            .build());
    cluster.create(template);
    cluster.executor(_ -> new ExecOutcome.Ended(0, new byte[0], ""));
    kubelet.ends("mover", 0, word(RestoreMessage.RESTORED, ""));
  }

  @AfterEach
  void stop() {
    kubelet.close();
    cluster.close();
  }

  @Test
  void aPointComesBackBesideTheLiveDatabaseAndNothingOfOursStays() {
    RestoreOutcome outcome = run(RestoreOptions.plain());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RestoreOutcome.Restored.class,
            restored -> {
              assertThat(restored.databases()).containsExactly(TARGET);
              assertThat(restored.notes()).anyMatch(note -> note.contains("has no probe"));
            });
    assertThat(jobsLeft()).isEmpty();
    assertThat(clientOfTheData()).containsEntry("POSTGRES_DB", "app");
  }

  @Test
  void aSwapTellsWhatTheOldDatabaseIsCalledNow() {
    String[] asked = {""};
    cluster.gate(call -> {
      if (call.verb().equals("create") && call.kind() == Job.class) {
        asked[0] = call.name().name();
        cluster.log(ObjectName.in("shop", asked[0] + "-x"), "swap-db-app", "app_replaced_1\n");
      }
    });

    RestoreOutcome outcome =
        run(new RestoreOptions(Optional.empty(), Optional.empty(), false, true));

    assertThat(asked[0]).endsWith("-finish");
    assertThat(outcome)
        .isInstanceOfSatisfying(
            RestoreOutcome.Restored.class,
            restored -> {
              assertThat(restored.databases()).containsExactly("app");
              assertThat(restored.notes().getLast()).contains("kept as app_replaced_1");
            });
  }

  @Test
  @Covers({"F38", "F84"})
  void aClientThatFailsNamesWhatItMayHaveLeft() {
    kubelet.ends("client-db-app", 3, "ERROR: disk full");

    RestoreOutcome outcome =
        run(new RestoreOptions(Optional.empty(), Optional.empty(), false, true));

    assertThat(outcome)
        .isEqualTo(
            new RestoreOutcome.Failed(
                "client-db-app exited 3 (Error): ERROR: disk full", List.of(TARGET)));
    assertThat(jobsLeft()).isEmpty();
    assertThat(news).noneMatch(line -> line.contains("finish"));
  }

  @Test
  @Covers("F77")
  void dataThatTheMoverRefusedIsNeverSwappedIn() {
    kubelet.ends("mover", 1, word(RestoreMessage.FAILED, RestoreMessage.PLAIN_DIGEST));

    RestoreOutcome outcome =
        run(new RestoreOptions(Optional.empty(), Optional.empty(), false, true));

    assertThat(outcome).isInstanceOf(RestoreOutcome.Failed.class);
    assertThat(news).noneMatch(line -> line.contains("finish"));
  }

  @Test
  void aLastStepThatFailsLeavesTheDataWhole() {
    kubelet.ends("table-db-app", 1, "muster: the table public.orders exists");

    RestoreOutcome outcome =
        run(new RestoreOptions(Optional.empty(), Optional.of("public.orders"), false, false));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RestoreOutcome.Unfinished.class,
            it -> assertThat(it.databases()).containsExactly(TARGET));
  }

  @Test
  @Covers("F28")
  void anInterruptedRestoreDeletesItsJob() {
    cluster.executor(_ -> {
      Thread.currentThread().interrupt();
      return new ExecOutcome.Lost("interrupted");
    });

    RestoreOutcome outcome = run(RestoreOptions.plain());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isInstanceOf(RestoreOutcome.Failed.class);
    assertThat(jobsLeft()).isEmpty();
  }

  @Test
  void withoutAReadyPodThereIsNothingToRestoreInto() {
    cluster.delete(Pod.class, ObjectName.in("shop", "db-0"));

    assertThatThrownBy(() -> run(RestoreOptions.plain()))
        .isInstanceOf(UnfitException.class)
        .hasMessageContaining("shop/db has no ready Pod");
  }

  private RestoreOutcome run(RestoreOptions options) {
    return run.run(RestorePlan.of(RestorePlanTest.PROFILE, manifest, options, "k3f9"), manifest);
  }

  private List<Job> jobsLeft() {
    return cluster.list(Job.class, Query.all());
  }

  private Map<String, String> clientOfTheData() {
    return cluster.list(Pod.class, Query.in("shop")).stream()
        .flatMap(pod -> pod.getSpec().getContainers().stream())
        .filter(container -> container.getName().equals("client-db-app"))
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getName().equals("POSTGRES_DB"))
        .collect(
            java.util.stream.Collectors.toMap(v -> v.getName(), v -> v.getValue(), (a, b) -> b));
  }

  private static String word(String outcome, String reason) {
    var message = new RestoreMessage(outcome, reason, "as injected", List.of());
    return new String(Json.encode(message), StandardCharsets.UTF_8);
  }
}
