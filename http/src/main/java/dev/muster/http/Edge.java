package dev.muster.http;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What both servers share: the event loops, the bounds, the counters.
final class Edge implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int HANDSHAKES_AT_ONCE = 4; // on each event loop
  private static final int HANDSHAKES_WAITING = 1_000;

  private final ServerSettings settings;
  private final Handler handler;
  private final Metrics metrics;
  private final Budget budget;
  private final Vertx vertx;
  private final Connections connections;
  private final Newcomers newcomers;
  private final Map<EventExecutor, Handshakes> handshakes = new ConcurrentHashMap<>();
  private volatile boolean draining;

  Edge(ServerSettings settings, int eventLoops, Handler handler, Metrics metrics) {
    this.settings = settings;
    this.handler = handler;
    this.metrics = metrics;
    this.budget = new Budget(settings.capacity());
    this.connections =
        new Connections(settings.capacity().connections(), settings.patience().idle());
    this.newcomers = new Newcomers(settings.capacity().connections(), this::rejected);
    // No cache of files: the root file system may be read-only.
    var files =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    this.vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(eventLoops)
                    .setWorkerPoolSize(1)
                    .setInternalBlockingPoolSize(2)
                    .setFileSystemOptions(files))
            .withTransport(new TurnTransport(this::accepted).named())
            .build();
    metrics.gauge("muster.http.bodies.bytes", budget::bytes, "server", settings.name());
    metrics.gauge("muster.http.requests.active", budget::requests, "server", settings.name());
    metrics.gauge("muster.http.handshakes.pending", newcomers::count, "server", settings.name());
    metrics.gauge("muster.http.connections", connections::count, "server", settings.name());
    vertx.setPeriodic(
        Math.max(settings.patience().idle().toMillis() / 10, 1), turn -> closeUnused());
  }

  HttpServerOptions options() {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) settings.patience().idle().toMillis())
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setUseAlpn(false)
        .setAlpnVersions(List.of())
        .setHandle100ContinueAutomatically(true)
        .setDecompressionSupported(false)
        .setCompressionSupported(false)
        .setTcpNoDelay(true);
  }

  HttpServer server(HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(this::connected)
        .invalidRequestHandler(this::invalid)
        .requestHandler(this::requested);
  }

  private void accepted(Channel channel) {
    channel.pipeline().addFirst(new HandshakeTurn(this::handshakes, newcomers, this::rejected));
    newcomers.arrived(channel);
  }

  private Handshakes handshakes(EventExecutor loop) {
    return handshakes.computeIfAbsent(
        loop, each -> new Handshakes(HANDSHAKES_AT_ONCE, HANDSHAKES_WAITING));
  }

  private void connected(HttpConnection connection) {
    connection.closeHandler(closed -> connections.closed(connection));
    connections.opened(connection).ifPresent(gives -> close(gives, "connections"));
  }

  private void requested(HttpServerRequest request) {
    var connection = request.connection();
    connections.receives(connection);
    request.response().endHandler(ended -> connections.ended(connection));
    Exchange.begin(this, request);
  }

  /// A request is whole and will be answered.
  void began(HttpConnection connection) {
    connections.began(connection);
  }

  private void closeUnused() {
    connections.overdue().forEach(each -> close(each, "unused"));
  }

  private void close(HttpConnection connection, String reason) {
    rejected(reason);
    connection.close();
  }

  private void invalid(HttpServerRequest request) {
    rejected("bad_request");
    request.response().endHandler(answered -> request.connection().close());
    HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
  }

  ServerSettings settings() {
    return settings;
  }

  Handler handler() {
    return handler;
  }

  Budget budget() {
    return budget;
  }

  Vertx vertx() {
    return vertx;
  }

  boolean draining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  void rejected(String reason) {
    metrics.count("muster.http.rejected", "server", settings.name(), "reason", reason);
  }

  void answered(String label, int status, Duration taken) {
    metrics.time(
        taken,
        "muster.http.request",
        "server",
        settings.name(),
        "route",
        label,
        "status",
        Integer.toString(status));
  }

  /// Waits for Vert.x, off its own threads.
  static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("server did not answer within " + PATIENCE, e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
