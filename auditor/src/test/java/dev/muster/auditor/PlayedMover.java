package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.run.RunPod;
import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.RunReport;
import dev.muster.testkit.LightBed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Plays the mover of a Job: sends one part for each stream with the Pod's own token, then the
/// report.
final class PlayedMover {
  private final List<AuditorServer> servers;
  private final String trust;
  private final Job job;
  private final String attempt;
  private final String run;
  private final String token;
  private final HttpClient store;

  PlayedMover(LightBed bed, List<AuditorServer> servers, String trust, Job job, Pod pod)
      throws Exception {
    this.servers = servers;
    this.trust = trust;
    this.job = job;
    this.attempt = job.getMetadata().getAnnotations().getOrDefault(RunPod.ATTEMPT, "");
    this.run = job.getMetadata().getLabels().getOrDefault(RunPod.RUN_ID, "");
    this.token =
        bed.kubectl(
                "create",
                "token",
                "default",
                "-n",
                "shop",
                "--audience=muster-run",
                "--bound-object-kind=Pod",
                "--bound-object-name=" + pod.getMetadata().getName(),
                "--bound-object-uid=" + pod.getMetadata().getUid())
            .strip();
    this.store = Tls.client(Files.readString(Path.of(bed.value("MUSTER_S3_CA"))));
  }

  void work() throws Exception {
    List<RunReport.StreamReport> streams = new ArrayList<>();
    List<RunReport.ProbeReport> probes = new ArrayList<>();
    for (var container : job.getSpec().getTemplate().getSpec().getContainers()) {
      if (container.getName().startsWith("dump-")) {
        streams.add(stream(container.getName().substring("dump-".length())));
      } else if (container.getName().startsWith("probe-")) {
        probes.add(
            new RunReport.ProbeReport(
                container.getName().substring("probe-".length()),
                List.of("{\"schema\":\"ab\",\"relation\":\"same-snapshot\"}")));
      }
    }
    assertThat(post("report", new RunReport(attempt, streams, probes)).statusCode()).isEqualTo(204);
  }

  private RunReport.StreamReport stream(String name) throws Exception {
    byte[] bytes = ("ciphertext of " + name).getBytes(StandardCharsets.UTF_8);
    String sha256 = Digests.sha256(bytes);
    HttpResponse<String> answer =
        post("parts", new PartRequest(attempt, name, 1, 1, bytes.length, sha256));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    PartGrant grant =
        Json.decode(answer.body().getBytes(StandardCharsets.UTF_8), PartGrant.class, "grant");
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(grant.url()))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
    grant
        .headers()
        .forEach((key, value) -> {
          if (!List.of("host", "content-length").contains(key.toLowerCase(Locale.ROOT))) {
            put.header(key, value);
          }
        });
    HttpResponse<String> stored = store.send(put.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
    return new RunReport.StreamReport(
        name,
        100,
        sha256,
        true,
        List.of(
            new RunReport.SegmentReport(
                1,
                bytes.length,
                sha256,
                List.of(new RunReport.PartReport(1, bytes.length, sha256)))));
  }

  /// Replicas in turn: none of them remembers anything.
  private HttpResponse<String> post(String what, Object body) throws Exception {
    AuditorServer server = servers.get((int) (System.nanoTime() % servers.size()));
    return Tls.client(trust)
        .send(
            HttpRequest.newBuilder(
                    URI.create(
                        "https://localhost:" + server.port() + "/v1/runs/" + run + "/" + what))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.encode(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
