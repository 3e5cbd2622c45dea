package dev.muster.mover;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.wire.ErrorBody;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.Progress;
import dev.muster.repository.wire.RunReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The run API on a real store, as small as a test needs it, with faults to be switched on.
final class TestRunApi implements AutoCloseable {

  static final String RUN = "abcdefghijklmnopqrstuvwxyz";
  static final String ATTEMPT = "a1-00000001";
  static final String WORKLOAD = "0123456789abcdef0123456789abcdef";

  private final HttpsServer server;
  private final BackupStore store;
  private final Keys keys;
  private final Map<String, String> uploads = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable RunReport> report = new AtomicReference<>();
  final List<Progress> progress = new CopyOnWriteArrayList<>();
  final AtomicInteger grants = new AtomicInteger();
  final Deque<Integer> failures = new ArrayDeque<>();
  volatile String token = "first";
  volatile boolean deadUrls;
  volatile Optional<Runnable> onGrant = Optional.empty();

  private TestRunApi(HttpsServer server, BackupStore store, Keys keys) {
    this.server = server;
    this.store = store;
    this.keys = keys;
  }

  /// Serves with the certificate that lies in `pki`.
  static TestRunApi start(Path pki, BackupStore store, Keys keys) throws Exception {
    HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(pki)));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    TestRunApi api = new TestRunApi(server, store, keys);
    server.createContext("/v1/runs/" + RUN + "/", api::handle);
    server.start();
    return api;
  }

  String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  RunReport report() {
    RunReport accepted = report.get();
    if (accepted == null) {
      throw new AssertionError("no report was accepted");
    }
    return accepted;
  }

  boolean reported() {
    return report.get() != null;
  }

  Optional<String> upload(String stream, int segment) {
    return Optional.ofNullable(uploads.get(key(stream, segment)));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      Integer failure = failures.poll();
      if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, new ErrorBody("token", "Unauthenticated"));
      } else if (failure != null) {
        answer(exchange, failure, new ErrorBody("as the test wants", "Test"));
      } else if (path.endsWith("/parts")) {
        answer(exchange, 200, grant(Json.decode(body, PartRequest.class, "body")));
      } else if (path.endsWith("/progress")) {
        progress.add(Json.decode(body, Progress.class, "body"));
        exchange.sendResponseHeaders(204, -1);
      } else if (path.endsWith("/report")) {
        report.set(Json.decode(body, RunReport.class, "body"));
        exchange.sendResponseHeaders(204, -1);
      } else {
        answer(exchange, 404, new ErrorBody(path, "NotFound"));
      }
    }
  }

  private PartGrant grant(PartRequest request) {
    int number = grants.incrementAndGet();
    onGrant.ifPresent(Runnable::run);
    String key = key(request.stream(), request.segment());
    String upload = uploads.computeIfAbsent(key, store::createUpload);
    var signed =
        store.presignPart(
            key, upload, request.part(), request.length(), request.sha256(), Duration.ofMinutes(5));
    String url = signed.url().toString();
    boolean dead = deadUrls && number % 2 == 1;
    return new PartGrant(
        dead ? url.replace(signed.url().getAuthority(), "127.0.0.1:1") : url,
        signed.headers(),
        signed.expires());
  }

  private String key(String stream, int segment) {
    return keys.segment(WORKLOAD, RUN, ATTEMPT, stream, segment);
  }

  private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = Json.encode(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static SSLContext context(Path pki) throws Exception {
    String pem = Files.readString(pki.resolve("k.pem"));
    byte[] der =
        Base64.getMimeDecoder()
            .decode(pem.replaceAll("-----[A-Z ]+-----", "").getBytes(StandardCharsets.US_ASCII));
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    var certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(Files.readAllBytes(pki.resolve("c.pem"))));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "server", key, new char[0], new java.security.cert.Certificate[] {certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
