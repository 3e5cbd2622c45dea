package dev.muster.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A TLS server that speaks HTTP/1.1 with keep-alive and shows whatever its [TlsSource] holds.
///
/// It listens as soon as the source has an identity and follows each change without dropping a
/// connection. A changed identity that cannot be used leaves the old one in force.
public final class HttpsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpsServer.class);
  private static final Duration IN_FLIGHT = Duration.ofSeconds(5);

  private final Edge edge;
  private final TlsSource source;
  private final Metrics metrics;
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Optional<HttpServer> server = Optional.empty();
  private volatile Optional<TlsIdentity> shown = Optional.empty();
  private volatile Instant notAfter = Instant.EPOCH;
  private volatile String told = "";
  private final Thread reloader;

  private HttpsServer(ServerSettings settings, TlsSource source, Handler handler, Metrics metrics) {
    this.edge = new Edge(settings, 2, handler, metrics);
    this.source = source;
    this.metrics = metrics;
    this.reloader = Thread.ofVirtual().name(settings.name() + "-tls").unstarted(this::follow);
    metrics.gauge(
        "muster.tls.not.after.seconds", () -> notAfter.getEpochSecond(), "server", settings.name());
  }

  /// Starts serving; returns at once also while the source is still empty.
  ///
  /// @throws IllegalStateException when the first identity is unusable or the port is taken
  public static HttpsServer start(
      ServerSettings settings, TlsSource source, Handler handler, Metrics metrics) {
    var server = new HttpsServer(settings, source, handler, metrics);
    try {
      server.load();
    } catch (IOException | CertificateException | RuntimeException e) {
      server.edge.close();
      throw new IllegalStateException(
          settings.name() + " server does not start: " + e.getMessage(), e);
    }
    server.reloader.start();
    return server;
  }

  /// Empty when it listens, else why it does not: a readiness check.
  public Optional<String> problem() {
    return server.isPresent() ? Optional.empty() : Optional.of("no serving certificate yet");
  }

  /// The port in use.
  ///
  /// @throws IllegalStateException while it does not listen yet
  public int port() {
    return server.orElseThrow(() -> new IllegalStateException("not listening yet")).actualPort();
  }

  /// Waits until it listens. False when `atMost` passed first.
  public boolean awaitListening(Duration atMost) throws InterruptedException {
    return listening.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Waits until it is closed. False when `atMost` passed first.
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    return ended.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// For calling it as others do.
  ///
  /// @throws IllegalStateException while it does not listen yet
  public FrontDoor frontDoor() {
    return new FrontDoor(edge.vertx(), edge.settings().host(), port(), shown.orElseThrow());
  }

  /// What is shown as certificate now.
  public Optional<TlsIdentity> identity() {
    return shown;
  }

  /// Asks the source now instead of at the next turn.
  public void reload() {
    try {
      load();
      told = "";
    } catch (IOException | CertificateException | RuntimeException e) {
      metrics.count("muster.tls.reloads", "server", edge.settings().name(), "result", "failed");
      var reason = String.valueOf(e.getMessage());
      if (!reason.equals(told)) {
        LOG.warn(
            "{}: the changed serving certificate cannot be used, the old one stays: {}",
            edge.settings().name(),
            reason);
      }
      told = reason;
    }
  }

  /// Ends without losing a request: not ready from now on, serving for `serve` so that callers find
  /// out, then closing once the requests in flight are answered. After the first quarter, in which
  /// the news reaches whoever chooses a server for a connection, each answer asks to close: earlier
  /// that would only bring the caller back to us with another handshake.
  public void drain(Health health, Duration serve) throws InterruptedException {
    health.drain();
    var news = serve.dividedBy(4);
    if (!ended.await(news.toMillis(), TimeUnit.MILLISECONDS)) {
      edge.drain();
      if (!ended.await(serve.minus(news).toMillis(), TimeUnit.MILLISECONDS)) {
        close();
      }
    }
  }

  /// Ends at once what is idle, within five seconds what is being answered. Harmless when repeated.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    ended.countDown();
    server.ifPresent(
        each -> Edge.await(each.shutdown(IN_FLIGHT.toMillis(), TimeUnit.MILLISECONDS)));
    edge.close();
  }

  private void follow() {
    try {
      while (!ended.await(edge.settings().patience().reload().toMillis(), TimeUnit.MILLISECONDS)) {
        reload();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void load() throws IOException, CertificateException {
    var found = source.current();
    if (found.isEmpty() || found.equals(shown) || ended.getCount() == 0) {
      return;
    }
    var identity = found.get();
    var until = identity.notAfter();
    if (server.isPresent()) {
      Edge.await(server.get().updateSSLOptions(tls(new ServerSSLOptions(), identity)));
      LOG.info("{}: serving certificate changed, valid until {}", edge.settings().name(), until);
    } else {
      var options =
          edge.options()
              .setSsl(true)
              .setSslEngineOptions(engine())
              .setKeyCertOptions(pem(identity));
      server = Optional.of(Edge.await(edge.server(options).listen()));
      LOG.info(
          "{}: listening on port {}, certificate valid until {}",
          edge.settings().name(),
          port(),
          until);
    }
    shown = found;
    notAfter = until;
    listening.countDown();
    metrics.count("muster.tls.reloads", "server", edge.settings().name(), "result", "ok");
  }

  /// BoringSSL where its library fits the machine. Its handshake is fast from the first on; Java's
  /// takes ten times as long until it is compiled, and callers that time out meanwhile come again.
  static SSLEngineOptions engine() {
    return OpenSSLEngineOptions.isAvailable()
        ? new OpenSSLEngineOptions()
        : new JdkSSLEngineOptions();
  }

  private static ServerSSLOptions tls(ServerSSLOptions options, TlsIdentity identity) {
    return options
        .setKeyCertOptions(pem(identity))
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
  }

  private static PemKeyCertOptions pem(TlsIdentity identity) {
    return new PemKeyCertOptions()
        .setCertValue(Buffer.buffer(identity.certificates()))
        .setKeyValue(Buffer.buffer(identity.key()));
  }
}
