package dev.muster.auditor.runapi;

import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.RunJournal;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.http.Handler;
import dev.muster.http.Metrics;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Journal;
import dev.muster.repository.JournalState;
import dev.muster.repository.Json;
import dev.muster.repository.Keys;
import dev.muster.repository.MalformedException;
import dev.muster.repository.SignedRequest;
import dev.muster.repository.Sizes;
import dev.muster.repository.StoreException;
import dev.muster.repository.wire.ErrorBody;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import dev.muster.repository.wire.Progress;
import dev.muster.repository.wire.RunReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.regex.Pattern;

/// What a mover may ask for. Keeps no state: any replica answers, from journal and cluster.
public final class RunApi {

  private static final Duration GRANT = Duration.ofMinutes(15);
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final long PART_LIMIT = 5L << 30;

  private final BackupStore store;
  private final Journal journal;
  private final RunJournal runs;
  private final MoverCheck check;
  private final Uploads uploads;
  private final ProgressNotes notes;
  private final Metrics metrics;

  public RunApi(
      Cluster cluster,
      BackupStore store,
      Keys keys,
      String image,
      InstantSource clock,
      Metrics metrics) {
    this.store = store;
    this.journal = new Journal(store, keys);
    this.runs = new RunJournal(journal);
    this.check = new MoverCheck(cluster, runs, image);
    this.uploads = new Uploads(store, keys, journal);
    this.notes = new ProgressNotes(cluster, clock);
    this.metrics = metrics;
  }

  public Routes on(Routes routes) {
    return routes
        .post("/v1/runs/{run}/parts", guarded(this::part))
        .post("/v1/runs/{run}/progress", guarded(this::progress))
        .post("/v1/runs/{run}/report", guarded(this::report));
  }

  private Response part(Request request) {
    PartRequest wanted = body(request, PartRequest.class);
    Admitted mover = admit(request, wanted.attempt());
    requireStream(mover, wanted.stream());
    require(wanted.segment() >= 1 && wanted.segment() <= 9999, "segment is not in 1..9999");
    require(
        wanted.part() >= 1 && wanted.part() <= Sizes.PARTS_PER_UPLOAD, "part is not in 1..10000");
    require(wanted.length() >= 1 && wanted.length() <= PART_LIMIT, "length of a part");
    require(SHA256.matcher(wanted.sha256()).matches(), "sha256 is not 64 hex digits");
    if (wanted.part() == 1) {
      requireOpen(mover);
    }
    Entry.Upload upload = uploads.of(mover, wanted.stream(), wanted.segment());
    SignedRequest signed =
        store.presignPart(
            upload.key(),
            upload.uploadId(),
            wanted.part(),
            wanted.length(),
            wanted.sha256(),
            GRANT);
    PartGrant grant = new PartGrant(signed.url().toString(), signed.headers(), signed.expires());
    return Response.json(200, Json.encode(grant));
  }

  private Response progress(Request request) {
    Progress progress = body(request, Progress.class);
    Admitted mover = admit(request, progress.attempt());
    requireStream(mover, progress.stream());
    notes.note(mover.job(), progress);
    return Response.empty(204);
  }

  private Response report(Request request) {
    RunReport report = body(request, RunReport.class);
    Admitted mover = admit(request, report.attempt());
    report.streams().forEach(stream -> requireStream(mover, stream.name()));
    requireOpen(mover);
    var recorded =
        journal.record(
            mover.workloadKey(),
            mover.run().runId(),
            new JournalState.Report(report.attempt()),
            report);
    if (!recorded.body().equals(report)) {
      throw new Refusal(409, "Report", "another report of this attempt is recorded");
    }
    return Response.empty(204);
  }

  private Admitted admit(Request request, String attempt) {
    return check.admit(request.bearer(), request.param("run"), attempt);
  }

  private void requireOpen(Admitted mover) {
    if (runs.ended(mover.workloadKey(), mover.run().runId())
        || runs.attemptEnded(mover.workloadKey(), mover.run().runId(), mover.attempt().attempt())) {
      throw new Refusal(409, "Ended", "the run or this attempt has ended");
    }
  }

  private static void requireStream(Admitted mover, String stream) {
    require(
        mover.attempt().streams().stream().map(Entry.Stream::name).anyMatch(stream::equals),
        "the attempt has no such stream");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Refusal(400, "Request", message);
    }
  }

  private static <T> T body(Request request, Class<T> type) {
    try {
      return Json.decode(request.body(), type, "request body");
    } catch (MalformedException | NullPointerException e) {
      throw new Refusal(400, "Request", "the body is no " + type.getSimpleName());
    }
  }

  /// The one place where refusals and broken surroundings become answers.
  private Handler guarded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (Refusal e) {
        return refused(e.status(), e.reason(), String.valueOf(e.getMessage()));
      } catch (StoreException e) {
        return e.retryable()
            ? refused(503, "Store", String.valueOf(e.getMessage()))
            : refused(500, "Store", String.valueOf(e.getMessage()));
      } catch (ClusterException e) {
        return refused(503, "Cluster", String.valueOf(e.getMessage()));
      }
    };
  }

  private Response refused(int status, String reason, String message) {
    metrics.count("muster.runapi.refused", "reason", reason);
    return Response.json(status, Json.encode(new ErrorBody(message, reason)));
  }
}
