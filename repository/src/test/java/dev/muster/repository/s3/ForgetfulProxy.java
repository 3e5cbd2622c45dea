package dev.muster.repository.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Makes of a real server one that ignores `If-None-Match`: takes the header off each request and
/// signs it again, since a request without a header that was signed would be refused.
final class ForgetfulProxy implements AutoCloseable {

  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "transfer-encoding");
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "if-none-match",
          "x-amz-content-sha256",
          "x-amz-date");

  private final S3Settings target;
  private final SdkHttpClient client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger forgotten = new AtomicInteger();

  private ForgetfulProxy(S3Settings target) throws IOException {
    this.target = target;
    this.client = S3Connection.http(target, S3Limits.DATA).build();
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  static ForgetfulProxy start(S3Settings target) throws IOException {
    ForgetfulProxy proxy = new ForgetfulProxy(target);
    proxy.server.createContext("/", proxy::pass);
    proxy.server.setExecutor(proxy.threads);
    proxy.server.start();
    return proxy;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// How many preconditions it forgot.
  int forgotten() {
    return forgotten.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestHeaders().containsKey("If-None-Match")) {
        forgotten.incrementAndGet();
      }
      SdkHttpRequest request = request(exchange, body.length);
      answer(exchange, S3Request.send(client, target, "s3", request, body));
    }
  }

  private SdkHttpRequest request(HttpExchange exchange, int length) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()))
            .uri(URI.create(target.endpoint() + exchange.getRequestURI().toString()));
    if (length > 0) {
      request.putHeader("Content-Length", String.valueOf(length));
    }
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
            request.putHeader(name, values);
          }
        });
    return request.build();
  }

  private static void answer(HttpExchange exchange, HttpExecuteResponse answer) throws IOException {
    SdkHttpResponse head = answer.httpResponse();
    boolean noBody = exchange.getRequestMethod().equals("HEAD");
    head.headers()
        .forEach((name, values) -> {
          if (noBody || !FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            exchange.getResponseHeaders().put(name, values);
          }
        });
    byte[] body = noBody ? new byte[0] : body(answer);
    exchange.sendResponseHeaders(head.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] body(HttpExecuteResponse answer) throws IOException {
    if (answer.responseBody().isEmpty()) {
      return new byte[0];
    }
    try (InputStream in = answer.responseBody().get()) {
      return in.readAllBytes();
    }
  }
}
