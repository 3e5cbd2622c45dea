package dev.muster.http;

import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The plain port that kubelet and Prometheus ask: `/healthz`, `/readyz`, `/metrics`.
public final class HealthServer implements AutoCloseable {
  private final Edge edge;
  private final HttpServer server;

  private HealthServer(Edge edge, HttpServer server) {
    this.edge = edge;
    this.server = server;
  }

  /// @param port 0 for any free one
  /// @throws IllegalStateException when the port cannot be bound
  public static HealthServer start(int port, Health health, Metrics metrics) {
    return start("0.0.0.0", port, health, metrics);
  }

  /// Likewise, at one address of this machine.
  public static HealthServer start(String host, int port, Health health, Metrics metrics) {
    var settings =
        ServerSettings.of("health", port).host(host).with(Capacity.ofProcess().bodyLimit(1024));
    var routes =
        Routes.none()
            .get("/healthz", request -> health.healthz())
            .get("/readyz", request -> health.readyz())
            .get("/metrics", request -> scrape(metrics));
    var edge = new Edge(settings, 1, routes, metrics);
    var server = edge.server(edge.options());
    try {
      Edge.await(server.listen());
    } catch (IllegalStateException e) {
      edge.close();
      throw new IllegalStateException("health port " + settings.port() + ": " + e.getMessage(), e);
    }
    return new HealthServer(edge, server);
  }

  public int port() {
    return server.actualPort();
  }

  private static Response scrape(Metrics metrics) {
    return new Response(
        200,
        Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
        metrics.scrape().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    edge.close();
  }
}
