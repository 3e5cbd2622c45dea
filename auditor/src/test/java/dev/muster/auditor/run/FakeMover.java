package dev.muster.auditor.run;

import dev.muster.cluster.Caller;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import dev.muster.repository.SignedRequest;
import dev.muster.repository.memory.MemoryBackupStore;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.RunReport;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Plays the mover of one Pod against the run API: two parts for each stream, then the report.
public final class FakeMover {

  public static final String TOKEN = "token-of-the-pod";

  private final Stage stage;
  private final Routes api;
  private final Entry.Attempt attempt;

  public FakeMover(Stage stage, Pod pod, Entry.Attempt attempt) {
    this.stage = stage;
    this.api = stage.api();
    this.attempt = attempt;
    stage.cluster.token(TOKEN, "muster-run", caller(pod));
  }

  public static Caller caller(Pod pod) {
    return new Caller(
        "system:serviceaccount:" + pod.getMetadata().getNamespace() + ":default",
        List.of(),
        Map.of(
            "authentication.kubernetes.io/pod-name", List.of(pod.getMetadata().getName()),
            "authentication.kubernetes.io/pod-uid", List.of(pod.getMetadata().getUid())));
  }

  /// Sends everything and reports; all answers must be good.
  public RunReport work() {
    RunReport report = send();
    Response answer = post("report", report);
    if (answer.status() != 204) {
      throw new AssertionError("report: " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return report;
  }

  public RunReport send() {
    List<RunReport.StreamReport> streams = new ArrayList<>();
    List<RunReport.ProbeReport> probes = new ArrayList<>();
    for (Entry.Stream stream : attempt.streams()) {
      byte[] one = ("first part of " + stream.name()).getBytes(StandardCharsets.UTF_8);
      byte[] two = ("second part of " + stream.name()).getBytes(StandardCharsets.UTF_8);
      put(stream.name(), 1, one);
      put(stream.name(), 2, two);
      byte[] whole =
          (new String(one, StandardCharsets.UTF_8) + new String(two, StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      streams.add(
          new RunReport.StreamReport(
              stream.name(),
              1000,
              Digests.sha256(whole),
              stream.trailer() == null ? null : true,
              List.of(
                  new RunReport.SegmentReport(
                      1,
                      whole.length,
                      Digests.sha256(whole),
                      List.of(part(1, one), part(2, two))))));
      if (stream.relation() != null) {
        probes.add(
            new RunReport.ProbeReport(
                stream.name(),
                List.of(
                    "{\"schema\":\"ab\",\"relation\":\"same-snapshot\",\"position\":\"0/1\"}",
                    "{\"table\":\"public.orders\",\"rows\":3,\"hash\":\"1f\"}")));
      }
    }
    return new RunReport(attempt.attempt(), streams, probes);
  }

  public Response post(String what, Object body) {
    return post(what, body, TOKEN);
  }

  public Response post(String what, Object body, String token) {
    try {
      return api.handle(
          new Request(
              "POST",
              "/v1/runs/" + stage.runId.value() + "/" + what,
              Map.of(),
              Map.of("authorization", "Bearer " + token),
              Map.of(),
              Json.encode(body)));
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  PartRequest partRequest(String stream, int number, byte[] bytes) {
    return new PartRequest(
        attempt.attempt(), stream, 1, number, bytes.length, Digests.sha256(bytes));
  }

  private void put(String stream, int number, byte[] bytes) {
    Response answer = post("parts", partRequest(stream, number, bytes));
    if (answer.status() != 200) {
      throw new AssertionError("part: " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    PartGrant grant = Json.decode(answer.body(), PartGrant.class, "grant");
    int status =
        ((MemoryBackupStore) stage.store)
            .send(
                new SignedRequest(URI.create(grant.url()), grant.headers(), grant.expires()),
                bytes);
    if (status != 200) {
      throw new AssertionError("the store answered " + status);
    }
  }

  private static RunReport.PartReport part(int number, byte[] bytes) {
    return new RunReport.PartReport(number, bytes.length, Digests.sha256(bytes));
  }
}
