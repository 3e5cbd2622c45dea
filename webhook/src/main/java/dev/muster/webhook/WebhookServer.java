package dev.muster.webhook;

import dev.muster.config.Configuration.Level;
import dev.muster.http.Health;
import dev.muster.http.HealthServer;
import dev.muster.http.HttpsServer;
import dev.muster.http.Metrics;
import dev.muster.http.Routes;
import dev.muster.http.ServerSettings;
import dev.muster.policies.PolicyInForce;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The admission webhook as one process runs it, wired by hand. It holds no credential, reads only
/// its mounted files, and calls nobody.
public final class WebhookServer implements AutoCloseable {
  private final HttpsServer server;
  private final HealthServer healthServer;
  private final Health health;
  private final AdmissionInForce admission;
  private final Duration drain;

  private WebhookServer(
      HttpsServer server,
      HealthServer healthServer,
      Health health,
      AdmissionInForce admission,
      Duration drain) {
    this.server = server;
    this.admission = admission;
    this.healthServer = healthServer;
    this.health = health;
    this.drain = drain;
  }

  /// Starts serving. Returns at once: readiness (`/readyz` of the health port) tells when the
  /// certificate is there and trusted, and the self-test has passed.
  ///
  /// Rules and policy are followed as they change; unreadable rules at the start are thrown.
  ///
  /// @throws IllegalStateException when a port is taken
  public static WebhookServer start(
      WebhookSettings settings, PolicyInForce policy, InstantSource clock) {
    var metrics = Metrics.ofProcess();
    var health = new Health();
    var admission = AdmissionInForce.following(settings.rules(), policy, metrics);
    var identity = ServingIdentity.of(settings.certificates(), clock);

    var selfTest = new SelfTest(admission, clock);
    health.readiness("self-test", selfTest::problem);
    var healthServer = HealthServer.start(settings.host(), settings.healthPort(), health, metrics);
    try {
      var bounds = ServerSettings.of("webhook", settings.port()).host(settings.host());
      var routes = selfTest.routes(routes(admission, ReviewLog.of(metrics), clock));
      var server = HttpsServer.start(bounds, identity, routes, metrics);
      identity.publish();
      health.readiness("certificate", () -> identity.problem(server.identity()));
      metrics.gauge(
          "muster.ca.not.after.seconds",
          () ->
              identity.authorityNotAfter(server.identity()).map(Instant::getEpochSecond).orElse(0L),
          "server",
          "webhook");
      Thread.ofVirtual().name("webhook-self-test").start(() -> selfTest.run(server));
      return new WebhookServer(server, healthServer, health, admission, settings.drain());
    } catch (RuntimeException e) {
      healthServer.close();
      admission.close();
      throw e;
    }
  }

  public int port() {
    return server.port();
  }

  public int healthPort() {
    return healthServer.port();
  }

  public boolean ready() {
    return health.ready();
  }

  /// Ends without losing a review: unready, serving on for a while, then closing.
  public void drain() throws InterruptedException {
    server.drain(health, drain);
    healthServer.close();
    admission.close();
  }

  @Override
  public void close() {
    server.close();
    healthServer.close();
    admission.close();
  }

  private static Routes routes(Supplier<Admission> admission, ReviewLog log, InstantSource clock) {
    var routes = Routes.none();
    var large = new LargeBodies();
    for (var stage : Stage.values()) {
      for (var level : List.of(Level.WARN, Level.ENFORCE)) {
        var path = "/v1/" + stage.word() + "/" + level.word();
        routes = routes.post(path, new ReviewHandler(stage, level, admission, log, clock, large));
      }
    }
    return routes;
  }
}
