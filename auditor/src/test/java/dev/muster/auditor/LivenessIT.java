package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.Database;
import dev.muster.auditor.run.MovedClock;
import dev.muster.cluster.FakeCluster;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.SigningKey;
import dev.muster.repository.memory.MemoryBackupStore;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the kubelet hears from an auditor whose worker or whose leadership hangs.
class LivenessIT {

  private final MovedClock clock = new MovedClock();
  private final AtomicLong nanos = new AtomicLong();
  private final FakeCluster cluster = new FakeCluster(clock);
  private final MemoryBackupStore memory = new MemoryBackupStore(clock);
  private final AtomicInteger calls = new AtomicInteger();
  private final CountDownLatch free = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile Runnable storeOfPlanning = () -> {};
  private final AuditorServer server = start();

  @AfterEach
  void end() {
    free.countDown();
    server.close();
    http.close();
  }

  @Test
  void planningThatHangsFailsLivenessAfterTenMinutes() {
    storeOfPlanning = this::hang;
    requestBackup();
    await("planning asks the store", () -> calls.get() > 0);

    pass(Duration.ofMinutes(9));
    HttpResponse<String> early = health();
    pass(Duration.ofMinutes(2));
    HttpResponse<String> late = health();

    assertThat(early.body()).contains("planning: ok");
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(late.body()).contains("planning: work on StatefulSet shop/db has not moved for");
  }

  @Test
  void storeThatIsSlowAndAnswersDoesNotFailLiveness() {
    List<String> heard = new CopyOnWriteArrayList<>();
    storeOfPlanning =
        () -> {
          heard.add(health().body());
          pass(Duration.ofMinutes(9));
          heard.add(health().body());
        };
    requestBackup();

    await("a request and a slot are in the journal", () -> memory.list("runs/").size() > 1);

    assertThat(calls).hasValueGreaterThan(1);
    assertThat(heard).allSatisfy(body -> assertThat(body).contains("planning: ok"));
  }

  @Test
  void leadershipRoundThatHangsFailsLivenessAfterFiveMinutes() {
    AtomicInteger asked = new AtomicInteger();
    cluster.gate(call -> {
      if (call.kind() == Lease.class) {
        asked.incrementAndGet();
        hang();
      }
    });
    await("the round asks for the Lease", () -> asked.get() > 0);

    pass(Duration.ofMinutes(4));
    HttpResponse<String> early = health();
    pass(Duration.ofMinutes(2));
    HttpResponse<String> late = health();

    assertThat(early.body()).contains("leadership: ok");
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(late.body()).contains("leadership: work on leadership has not moved for 36");
  }

  /// For its latest slot, and at once.
  private void requestBackup() {
    clock.pass(Duration.ofDays(1));
    cluster.edit(
        StatefulSet.class,
        Database.SET,
        set ->
            set.getMetadata()
                .setAnnotations(
                    Map.of(
                        "muster.dev/protect", "true",
                        "muster.dev/schedule", "0 3 * * *",
                        "muster.dev/run", "1")));
  }

  private void hang() {
    try {
      free.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private HttpResponse<String> health() {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.healthPort() + "/healthz"))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.yield();
    }
  }

  private AuditorServer start() {
    Database.in(cluster);
    return AuditorServer.start(
        new AuditorParts(
            "one",
            Policies.CONFIGURATION,
            Policies.PROFILES,
            PolicyInForce.always(Policies.ENGINE),
            cluster,
            Optional.of(store()),
            Optional.of(SigningKey.generate()),
            clock,
            nanos::get,
            new Random(1),
            0,
            0));
  }

  /// In memory; what the worker of planning asks is played by the test.
  private BackupStore store() {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (self, method, arguments) -> {
              if (Thread.currentThread().getName().equals("planning")) {
                calls.incrementAndGet();
                storeOfPlanning.run();
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
