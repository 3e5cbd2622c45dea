package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.cluster.Caller;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.repository.Json;
import dev.muster.repository.wire.ErrorBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `GET /report`: the latest report, cut to the namespaces whose claims the caller may list; as
/// JSON, or as `Accept` says. `GET /report.html`: as a page. The bearer is a token for the audience
/// `muster-report` (`kubectl create token NAME --audience muster-report`). The token is asked about
/// each time, what its caller may list at most each half minute.
public final class ReportApi {

  public static final String AUDIENCE = "muster-report";

  private static final int AT_ONCE = 2;

  private final Cluster cluster;
  private final KnownAccess access;
  private final Supplier<Optional<CoverageReport>> latest;
  private final Supplier<List<TrendPoint>> trend;

  private final Semaphore rendering = new Semaphore(AT_ONCE);

  /// @param trend what earlier reports counted, oldest first
  /// @param nanos the clock of this process
  public ReportApi(
      Cluster cluster,
      Supplier<Optional<CoverageReport>> latest,
      Supplier<List<TrendPoint>> trend,
      LongSupplier nanos) {
    this.cluster = cluster;
    this.access = new KnownAccess(cluster, nanos);
    this.latest = latest;
    this.trend = trend;
  }

  public Routes on(Routes routes) {
    return routes
        .get("/report", this::accepted)
        .get("/report.html", request -> report(request, ReportFormat.HTML));
  }

  private Response accepted(Request request) {
    return Acceptance.of(request.header("accept").orElse(""))
        .map(format -> report(request, format))
        .orElseGet(
            () -> refused(406, "Accept names none of " + ReportFormat.mediaTypes(), "Format"));
  }

  /// A report of a large cluster takes a hundred megabytes and more while it is made.
  private Response report(Request request, ReportFormat format) {
    if (!rendering.tryAcquire()) {
      return refused(503, "other reports are being made: ask again in some seconds", "Busy");
    }
    try {
      return made(request, format);
    } finally {
      rendering.release();
    }
  }

  private Response made(Request request, ReportFormat format) {
    try {
      Optional<Caller> caller = request.bearer().flatMap(t -> cluster.authenticate(t, AUDIENCE));
      if (caller.isEmpty()) {
        return refused(401, "a token for the audience " + AUDIENCE + " is needed", "Token");
      }
      return latest
          .get()
          .map(report -> shown(format, cut(report, caller.get())))
          .orElseGet(() -> refused(503, "no report yet", "NotYet"));
    } catch (ClusterException e) {
      return refused(503, String.valueOf(e.getMessage()), "Cluster");
    }
  }

  private static Response shown(ReportFormat format, Audit audit) {
    // What one caller may see, the next one may not.
    Map<String, String> headers =
        Map.of(
            "Content-Type", format.mediaType(),
            "Cache-Control", "no-store",
            "Vary", "Accept",
            "X-Content-Type-Options", "nosniff");
    // Programs need no indentation.
    return new Response(
        200,
        headers,
        format == ReportFormat.JSON ? Json.encode(audit.report()) : format.render(audit));
  }

  private Audit cut(CoverageReport report, Caller caller) {
    KnownAccess.Rights rights = access.of(caller);
    if (rights.all()) {
      return Audit.of(report).with(trend.get());
    }
    Set<String> seen =
        report.volumes().stream()
            .map(CoverageReport.Line::namespace)
            .distinct()
            .filter(rights::in)
            .collect(Collectors.toSet());
    List<CoverageReport.Line> lines =
        report.volumes().stream().filter(line -> seen.contains(line.namespace())).toList();
    // The trend counts all namespaces, and gaps name objects of any.
    return Audit.of(report.of(lines).withoutGaps());
  }

  private static Response refused(int status, String message, String reason) {
    return Response.json(status, Json.encode(new ErrorBody(message, reason)));
  }
}
