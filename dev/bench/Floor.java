import dev.muster.certs.CertificateAuthority;
import dev.muster.http.Health;
import dev.muster.http.HealthServer;
import dev.muster.http.HttpsServer;
import dev.muster.http.Metrics;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.http.ServerSettings;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// The floor of what a review costs: the webhook's server with its TLS and its reading of bodies,
/// and a constant answer. `Floor PORT HEALTH-PORT TRUST-OUT BYTES`
final class Floor {
  public static void main(String... arguments) throws Exception {
    var authority = CertificateAuthority.create(Instant.now());
    var serving = authority.issue(List.of("localhost", "127.0.0.1"), Instant.now());
    Files.writeString(Path.of(arguments[2]), authority.certificatePem());

    var body = new byte[Integer.parseInt(arguments[3])];
    Arrays.fill(body, (byte) 'x');
    var answer = Response.json(200, body);
    var metrics = Metrics.ofProcess();
    var server =
        HttpsServer.start(
            ServerSettings.of("floor", Integer.parseInt(arguments[0])).host("127.0.0.1"),
            TlsSource.fixed(new TlsIdentity(serving.certificatesPem(), serving.keyPem())),
            Routes.none().post("/v1/mutate/warn", request -> answer),
            metrics);
    if (!server.awaitListening(Duration.ofSeconds(10))) {
      throw new IllegalStateException("not listening");
    }
    HealthServer.start(Integer.parseInt(arguments[1]), new Health(), metrics);
    Thread.currentThread().join();
  }
}
