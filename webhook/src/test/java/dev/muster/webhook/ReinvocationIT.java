package dev.muster.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.certs.CertificateAuthority;
import dev.muster.http.HttpsServer;
import dev.muster.http.Metrics;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.http.ServerSettings;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Another mutating webhook that is called after ours and changes what we judged.
class ReinvocationIT {
  private static final String NAME = "reinvoked";
  private static final String CHANGE =
      """
      [{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"mirror.local/nginx:1"},
       {"op":"add","path":"/spec/template/spec/containers/0/env","value":[]},
       {"op":"replace","path":"/spec/template/spec/containers/0/volumeMounts/0/mountPath","value":"/w"}]
      """;

  private final RealApiServer server = RealApiServer.shared();
  private final CertificateAuthority authority = CertificateAuthority.create(Instant.now());
  private final HttpsServer later = later();

  private HttpsServer later() {
    var serving = authority.issue(List.of("127.0.0.1"), Instant.now());
    return HttpsServer.start(
        ServerSettings.of("later", 0).host("127.0.0.1"),
        TlsSource.fixed(new TlsIdentity(serving.certificatesPem(), serving.keyPem())),
        Routes.none().post("/change", ReinvocationIT::change),
        new Metrics());
  }

  @BeforeEach
  void configure() throws Exception {
    var ca = Base64.getEncoder().encodeToString(authority.certificatePem().getBytes(UTF_8));
    var url = "https://127.0.0.1:%d/change".formatted(later.port());
    var after = WebhookConfigurations.of("mutate", "zz-later", List.of("[shop]"), List.of(url), ca);
    server.bed.kubectl("apply", "-f", server.file("zz-later", after));
    RealApiServer.until("the later webhook is called", () -> image(created()).contains("nginx"));
  }

  @AfterEach
  void remove() {
    server.bed.kubectl("delete", "mutatingwebhookconfiguration", "zz-later");
    later.close();
  }

  @Test
  @Covers({"B7", "F8", "W3"})
  void theApiServerAsksAgainAndTheContractFollows() throws Exception {
    var annotations = created().at("/metadata/annotations");

    assertThat(annotations.path("muster.dev/plan").asText()).isEqualTo("standard");
    assertThat(annotations.has("muster.dev/engine")).as("of the image before").isFalse();
    assertThat(annotations.path("muster.dev/managed").asText())
        .contains("plan=")
        .doesNotContain("engine=");
  }

  private JsonNode created() throws Exception {
    var answer = server.dryRun("shop", RealApiServer.statefulSet(NAME, Map.of()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return RealApiServer.JSON.readTree(answer.body());
  }

  private static String image(JsonNode object) {
    return object.at("/spec/template/spec/containers/0/image").asText();
  }

  /// Leaves the objects of other tests alone.
  private static Response change(Request request) throws IOException {
    var asked = RealApiServer.JSON.readTree(request.body()).path("request");
    var answer = RealApiServer.JSON.createObjectNode();
    answer.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
    var response = answer.putObject("response").put("allowed", true);
    response.set("uid", asked.path("uid"));
    if (asked.at("/object/metadata/name").asText().equals(NAME)) {
      var patch = Base64.getEncoder().encodeToString(CHANGE.getBytes(UTF_8));
      response.put("patchType", "JSONPatch").put("patch", patch);
    }
    return Response.json(200, answer.toString().getBytes(UTF_8));
  }
}
