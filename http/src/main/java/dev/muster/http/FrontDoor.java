package dev.muster.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;

/// Calls a server of this process as its callers do: over TLS, each time with a new connection.
/// Takes the certificate that the server shows for granted: whether others trust it is not asked
/// here.
public final class FrontDoor implements AutoCloseable {
  private final HttpClient client;
  private final String host;
  private final int port;

  FrontDoor(Vertx vertx, String host, int port, TlsIdentity shown) {
    this.host = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    this.port = port;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setSsl(true)
                .setSslEngineOptions(HttpsServer.engine())
                .setTrustOptions(
                    new PemTrustOptions().addCertValue(Buffer.buffer(shown.certificates())))
                .setVerifyHost(false)
                .setKeepAlive(false));
  }

  /// Blocks until it is answered.
  ///
  /// @throws IllegalStateException when it is not
  public Response post(String path, byte[] json) {
    return Edge.await(
        client
            .request(HttpMethod.POST, port, host, path)
            .compose(request ->
                request.putHeader("Content-Type", "application/json").send(Buffer.buffer(json)))
            .compose(answer ->
                answer.body().map(body -> Response.json(answer.statusCode(), body.getBytes()))));
  }

  @Override
  public void close() {
    Edge.await(client.close());
  }
}
