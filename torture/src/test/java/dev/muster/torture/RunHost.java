package dev.muster.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// The run API of all runs over real connections: each run has an auditor of its own behind it.
final class RunHost implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Routes> byRun = new ConcurrentHashMap<>();

  private RunHost(HttpServer server) {
    this.server = server;
  }

  static RunHost start() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    RunHost host = new RunHost(server);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/runs/", host::handle);
    server.start();
    return host;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void serve(String runId, Routes routes) {
    byRun.put(runId, routes);
  }

  void forget(String runId) {
    byRun.remove(runId);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String path = exchange.getRequestURI().getPath();
      Request request =
          new Request(
              exchange.getRequestMethod(),
              path,
              Map.of(),
              headers,
              Map.of(),
              exchange.getRequestBody().readAllBytes());
      Response answer = answer(path.split("/")[3], request);
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private Response answer(String runId, Request request) throws IOException {
    try {
      Routes routes = byRun.get(runId);
      return routes == null ? Response.empty(404) : routes.handle(request);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
