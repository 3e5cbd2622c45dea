package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cluster.Caller;
import dev.muster.cluster.ObjectName;
import dev.muster.http.Response;
import dev.muster.repository.Json;
import dev.muster.repository.wire.ErrorBody;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.Progress;
import dev.muster.repository.wire.RunReport;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The run API against everybody who is not the mover of the run.
class RunApiTest {

  private static final byte[] BYTES = {1, 2, 3};

  private final Stage stage = new Stage();
  private final Kubelet kubelet = new Kubelet(stage.cluster);
  private final Leader leader = stage.leader();
  private Entry.Attempt attempt = begin();
  private Pod pod = kubelet.start(attempt);
  private FakeMover mover = new FakeMover(stage, pod, attempt);

  private Entry.Attempt begin() {
    leader.untilJobOrEnd();
    return leader.attempt();
  }

  @BeforeEach
  void moverItselfIsServed() {
    assertThat(mover.post("parts", part("db-main")).status()).isEqualTo(200);
  }

  @Test
  @Covers("F32")
  void tokenThatExpiredOrHasAnotherAudienceIsRefused() {
    assertThat(mover.post("parts", part("db-main"), "expired").status()).isEqualTo(401);
  }

  @Test
  void tokenOfAnotherPodOfTheNamespaceIsRefused() {
    stage.cluster.token(
        "other",
        RunPod.TOKEN_AUDIENCE,
        FakeMover.caller(stage.cluster.get(Pod.class, Database.POD)));

    Response answer = mover.post("parts", part("db-main"), "other");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(reason(answer)).isEqualTo("Pod");
  }

  @Test
  void tokenThatIsBoundToNoPodIsRefused() {
    stage.cluster.token(
        "unbound",
        RunPod.TOKEN_AUDIENCE,
        new Caller("system:serviceaccount:shop:default", List.of(), Map.of()));

    assertThat(mover.post("parts", part("db-main"), "unbound").status()).isEqualTo(403);
  }

  @Test
  @Covers("F30")
  void tokenOfAPodThatWasReplacedUnderItsNameIsRefused() {
    stage.cluster.delete(Pod.class, ObjectName.of(pod));
    kubelet.start(attempt);

    assertThat(mover.post("parts", part("db-main")).status()).isEqualTo(403);
  }

  @Test
  void podWithAnotherMoverImageIsRefused() {
    kubelet.edit(
        pod,
        p ->
            p.getSpec().getContainers().stream()
                .filter(c -> c.getName().equals("mover"))
                .forEach(c -> c.setImage("evil/mover:1")));

    assertThat(mover.post("parts", part("db-main")).status()).isEqualTo(403);
  }

  @Test
  void jobOfTheSameLabelsInAnotherNamespaceIsRefused() {
    stage.cluster.namespace("thief");
    Job real = Kubelet.job(stage.cluster, attempt).orElseThrow();
    Job forged =
        stage.cluster.create(
            new JobBuilder(real)
                .editMetadata()
                .withNamespace("thief")
                .withResourceVersion(null)
                .endMetadata()
                .build());
    Pod thief =
        stage.cluster.create(
            new PodBuilder(pod)
                .editMetadata()
                .withNamespace("thief")
                .withResourceVersion(null)
                .editFirstOwnerReference()
                .withUid(forged.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .build());
    stage.cluster.token("thief", RunPod.TOKEN_AUDIENCE, FakeMover.caller(thief));

    assertThat(mover.post("parts", part("db-main"), "thief").status()).isEqualTo(403);
  }

  @Test
  @Covers("F24")
  void anotherAttemptIsAConflict() {
    PartRequest other = new PartRequest("a9-00000000", "db-main", 1, 1, 3, "0".repeat(64));

    assertThat(mover.post("parts", other).status()).isEqualTo(409);
  }

  @Test
  void streamThatWasNotOrderedIsRefused() {
    assertThat(mover.post("parts", part("../../points")).status()).isEqualTo(400);
    assertThat(mover.post("parts", part("db-other")).status()).isEqualTo(400);
  }

  @Test
  void numbersOutOfRangeAndOddDigestsAreRefused() {
    for (PartRequest bad :
        List.of(
            new PartRequest(attempt.attempt(), "db-main", 0, 1, 3, "0".repeat(64)),
            new PartRequest(attempt.attempt(), "db-main", 1, 10_001, 3, "0".repeat(64)),
            new PartRequest(attempt.attempt(), "db-main", 1, 1, 0, "0".repeat(64)),
            new PartRequest(attempt.attempt(), "db-main", 1, 1, 3, "xyz"))) {
      assertThat(mover.post("parts", bad).status()).as(bad.toString()).isEqualTo(400);
    }
  }

  @Test
  void bodyThatIsNoJsonIsRefused() {
    assertThat(mover.post("parts", "not a request").status()).isEqualTo(400);
  }

  @Test
  void replicasAgreeOnOneUpload() {
    FakeMover other = new FakeMover(stage, pod, attempt);

    assertThat(other.post("parts", mover.partRequest("db-main", 2, BYTES)).status()).isEqualTo(200);

    assertThat(stage.store.listUploads("data/")).hasSize(1);
  }

  @Test
  void secondReportThatDiffersIsAConflict() {
    RunReport report = mover.send();
    assertThat(mover.post("report", report).status()).isEqualTo(204);

    RunReport other = new RunReport(report.attempt(), report.streams(), List.of());

    assertThat(mover.post("report", report).status()).isEqualTo(204);
    assertThat(mover.post("report", other).status()).isEqualTo(409);
  }

  @Test
  void reportAfterTheAttemptFailedIsAConflict() {
    RunReport report = mover.send();
    kubelet.edit(pod, p -> p.getStatus().setReason("Evicted"));
    kubelet.edit(pod, p -> p.getStatus().setPhase("Failed"));
    Job job = Kubelet.job(stage.cluster, attempt).orElseThrow();
    var unused = leader.step();
    // As if the Job's deletion had not reached the API server yet.
    Job again = stage.cluster.create(new JobBuilder(job).build());
    kubelet.start(attempt, "-late");
    assertThat(again.getMetadata().getName()).isEqualTo(job.getMetadata().getName());
    FakeMover late =
        new FakeMover(
            stage,
            stage.cluster.get(Pod.class, ObjectName.in("shop", attempt.job() + "-pod-late")),
            attempt);

    assertThat(late.post("report", report).status()).isEqualTo(409);
  }

  @Test
  void progressIsShownOnTheJobAndNotForEachCall() {
    mover.post("progress", new Progress(attempt.attempt(), "db-main", 10, 5));
    mover.post("progress", new Progress(attempt.attempt(), "db-main", 20, 9));
    assertThat(progress()).contains("\"plainBytes\":10");

    stage.clock.pass(Duration.ofSeconds(5));
    mover.post("progress", new Progress(attempt.attempt(), "db-main", 30, 12));

    assertThat(progress()).contains("\"plainBytes\":30");
  }

  private String progress() {
    return Kubelet.job(stage.cluster, attempt)
        .orElseThrow()
        .getMetadata()
        .getAnnotations()
        .getOrDefault(RunPod.PROGRESS, "");
  }

  private PartRequest part(String stream) {
    return mover.partRequest(stream, 1, BYTES);
  }

  private static String reason(Response answer) {
    return Json.decode(answer.body(), ErrorBody.class, "error").reason();
  }
}
