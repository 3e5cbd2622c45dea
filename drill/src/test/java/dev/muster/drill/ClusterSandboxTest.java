package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ExecOutcome;
import dev.muster.cluster.FakeCluster;
import dev.muster.cluster.FakeKubelet;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.drill.Finding.Holds;
import dev.muster.drill.Finding.Unclear;
import dev.muster.repository.Json;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.Ticket;
import dev.muster.restore.ProbeOutcome;
import dev.muster.restore.ProbeStep;
import dev.muster.restore.Step;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClusterSandboxTest {
  private static final String PLACE = "muster-drill-d1";
  private static final ObjectName NAMESPACE = ObjectName.global(PLACE);

  private final FakeCluster cluster = new FakeCluster(InstantSource.fixed(Samples.SLOT));
  private final FakeKubelet kubelet = new FakeKubelet(cluster).keeps("engine");
  private final ClusterSandbox sandbox =
      new ClusterSandbox(
          cluster,
          new SandboxSettings(
              "muster:1",
              "IfNotPresent",
              "muster",
              "muster-drill",
              List.of("10.96.0.1:443"),
              new StoreAddress(List.of("10.0.0.9"), 7070, Optional.empty()),
              Optional.empty(),
              Duration.ofSeconds(1),
              Duration.ofSeconds(1),
              Duration.ofHours(6)),
          engine(),
          "d1",
          PLACE,
          InstantSource.fixed(Samples.SLOT),
          _ -> {});

  @AfterEach
  void stop() {
    kubelet.close();
    cluster.close();
  }

  @Test
  @Covers("F93")
  void thePlaceIsClosedBeforeTheEngineStarts() {
    List<String> created = new ArrayList<>();
    cluster.gate(call -> {
      if (call.verb().equals("create")) {
        created.add(call.kind().getSimpleName());
      }
    });

    Finding opened = sandbox.open();

    assertThat(opened).isInstanceOf(Holds.class);
    assertThat(created.indexOf("Pod")).isGreaterThan(created.lastIndexOf("NetworkPolicy"));
    assertThat(cluster.list(NetworkPolicy.class, Query.in(PLACE)))
        .filteredOn(policy -> policy.getSpec().getPodSelector().getMatchLabels().isEmpty())
        .filteredOn(policy -> policy.getMetadata().getName().equals("deny-all"))
        .singleElement()
        .satisfies(policy -> {
          assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
          assertThat(policy.getSpec().getEgress()).isEmpty();
          assertThat(policy.getSpec().getIngress()).isEmpty();
        });
    assertThat(cluster.list(Pod.class, Query.in(PLACE)))
        .allSatisfy(pod -> assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse());
  }

  @Test
  @Covers("F93")
  void noPolicyLetsTheEngineOpenAConnection() {
    sandbox.open();

    assertThat(cluster.list(NetworkPolicy.class, Query.in(PLACE)))
        .filteredOn(policy -> !policy.getSpec().getEgress().isEmpty())
        .allSatisfy(policy ->
            assertThat(policy.getSpec().getPodSelector().toString()).doesNotContain("=engine"));
  }

  @Test
  @Covers("F93")
  void aBeaconThatIsAnsweredStopsTheDrill() {
    kubelet.ends("beacon", 3, "not isolated: 10.96.0.1:443 still answers");

    Finding opened = sandbox.open();

    assertThat(opened)
        .isInstanceOfSatisfying(
            Unclear.class,
            it ->
                assertThat(it.reason())
                    .contains("network is not isolated", "10.96.0.1:443 still answers"));
  }

  @Test
  @Covers("F28")
  void aRefusedObjectIsNoJudgementOfThePoint() {
    cluster.admission(object -> {
      if (object instanceof Pod) {
        throw new ClusterException.Rejected(
            ClusterException.Rejected.Reason.QUOTA, "exceeded quota: pods");
      }
    });

    assertThat(sandbox.open()).isEqualTo(new Unclear("exceeded quota: pods"));
  }

  @Test
  void theRightsOfAFreshNamespaceAreWaitedFor() {
    var refusals = new AtomicInteger(3);
    cluster.gate(call -> {
      if (call.kind() == ResourceQuota.class && refusals.getAndDecrement() > 0) {
        throw new ClusterException.Forbidden("not yet");
      }
    });

    assertThat(sandbox.open()).isInstanceOf(Holds.class);
  }

  @Test
  void credentialsAreInASecretAndInNoPod() {
    sandbox.open();

    assertThat(cluster.list(Secret.class, Query.in(PLACE))).hasSize(1);
    assertThat(cluster.list(Pod.class, Query.in(PLACE)))
        .allSatisfy(pod -> assertThat(pod.toString()).doesNotContain("s3cr3t"));
  }

  @Test
  void theTicketGoesToTheMoverAndItsWordComesBack() {
    var handed = new ArrayList<String>();
    cluster.executor(call -> {
      handed.add(call.container());
      return new ExecOutcome.Ended(0, new byte[0], "");
    });
    kubelet.ends("mover", 0, text(Samples.restored()));
    sandbox.open();

    Fetched fetched = sandbox.restore(new Ticket(List.of()));

    assertThat(handed).containsExactly("mover");
    assertThat(fetched)
        .isInstanceOfSatisfying(
            Fetched.Ran.class,
            ran -> {
              assertThat(ran.mover()).isEqualTo(Samples.restored());
              assertThat(ran.clients())
                  .extracting(end -> end.name())
                  .containsExactly("reach-engine", "client-db-app");
            });
  }

  @Test
  @Covers("F34")
  void aHandoverWithoutAStatusIsNoHandover() {
    cluster.executor(_ -> new ExecOutcome.Lost("closed with 1000"));
    sandbox.open();

    assertThat(sandbox.restore(new Ticket(List.of())))
        .isInstanceOfSatisfying(
            Fetched.Stopped.class, it -> assertThat(it.reason()).contains("closed with 1000"));
  }

  @Test
  @Covers("F38")
  void aMoverWithoutAWordSaysNothing() {
    cluster.executor(_ -> new ExecOutcome.Ended(0, new byte[0], ""));
    kubelet.ends("mover", 137, "");
    sandbox.open();

    assertThat(sandbox.restore(new Ticket(List.of()))).isInstanceOf(Fetched.Stopped.class);
  }

  @Test
  void aNetworkBetweenFetchAndEngineIsNotTheBackupsFault() {
    cluster.executor(_ -> new ExecOutcome.Ended(0, new byte[0], ""));
    kubelet.ends("mover", 1, text(Samples.refused(RestoreMessage.CLIENT)));
    kubelet.ends("reach-engine", 1, "connection timed out");
    sandbox.open();

    assertThat(sandbox.restore(new Ticket(List.of())))
        .isInstanceOfSatisfying(
            Fetched.Stopped.class,
            it -> assertThat(it.reason()).contains("does not reach the engine"));
  }

  @Test
  void probesAreReadFromTheLogOfTheCheckPod() {
    cluster.log(
        ObjectName.in(PLACE, "check"),
        "probe-db-app",
        """
        {"schema":"schema-1","relation":"none"}
        {"table":"public.orders","rows":3,"hash":"h3"}
        """);
    sandbox.open();

    Checked checked = sandbox.check();

    assertThat(checked)
        .isInstanceOfSatisfying(
            Checked.Ran.class,
            ran ->
                assertThat(ran.probes().get("db-app"))
                    .isInstanceOfSatisfying(
                        ProbeOutcome.Read.class, it -> assertThat(it.probe().tables()).hasSize(1)));
  }

  @Test
  void aProbeThatPrintedRubbishIsNotTakenForAnEmptyDatabase() {
    cluster.log(ObjectName.in(PLACE, "check"), "probe-db-app", "hello\n");
    sandbox.open();

    assertThat(sandbox.check())
        .isInstanceOfSatisfying(
            Checked.Ran.class,
            ran -> assertThat(ran.probes().get("db-app")).isInstanceOf(ProbeOutcome.Unread.class));
  }

  @Test
  @Covers("F94")
  void afterClosingNothingIsLeft() {
    sandbox.open();

    Finding closed = sandbox.close();

    assertThat(closed).isInstanceOf(Holds.class);
    assertThat(cluster.find(Namespace.class, NAMESPACE)).isEmpty();
  }

  @Test
  @Covers("F94")
  void anInterruptedDrillStillRemovesItsData() {
    sandbox.open();
    Thread.currentThread().interrupt();

    sandbox.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(cluster.find(Namespace.class, NAMESPACE)).isEmpty();
  }

  private static DrillEngine engine() {
    return new DrillEngine(
        "muster.test/postgres:15",
        "IfNotPresent",
        5432,
        Map.of("POSTGRES_PASSWORD", "s3cr3t"),
        List.of(),
        "/data",
        "pg_isready",
        List.of(Samples.stream()),
        List.of(new Step("client-db-app", "pg_restore", Map.of("MUSTER_STREAM", "db-app"))),
        List.of(new Step("check-db-app", "pg_amcheck", Map.of())),
        List.of(ProbeStep.of(Samples.stream(), "probe", "app")),
        "postgres");
  }

  private static String text(RestoreMessage message) {
    return new String(Json.encode(message), StandardCharsets.UTF_8);
  }
}
