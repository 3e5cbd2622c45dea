package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.cluster.Access;
import dev.muster.cluster.Caller;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.http.Routes;
import dev.muster.repository.Json;
import dev.muster.repository.wire.ErrorBody;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// `GET /report`: the latest report as JSON, cut to the namespaces whose claims the caller may
/// list. The bearer is a token for the audience `muster-report` (`kubectl create token NAME
/// --audience muster-report`).
public final class ReportApi {

  public static final String AUDIENCE = "muster-report";

  private final Cluster cluster;
  private final Supplier<Optional<CoverageReport>> latest;

  public ReportApi(Cluster cluster, Supplier<Optional<CoverageReport>> latest) {
    this.cluster = cluster;
    this.latest = latest;
  }

  public Routes on(Routes routes) {
    return routes.get("/report", this::report);
  }

  private Response report(Request request) {
    try {
      Optional<Caller> caller = request.bearer().flatMap(t -> cluster.authenticate(t, AUDIENCE));
      if (caller.isEmpty()) {
        return refused(401, "a token for the audience " + AUDIENCE + " is needed", "Token");
      }
      return latest
          .get()
          .map(report -> Response.json(200, Json.encode(cut(report, caller.get()))))
          .orElseGet(() -> refused(503, "no report yet", "NotYet"));
    } catch (ClusterException e) {
      return refused(503, String.valueOf(e.getMessage()), "Cluster");
    }
  }

  private CoverageReport cut(CoverageReport report, Caller caller) {
    if (mayList(caller, null)) {
      return report;
    }
    Set<String> seen =
        report.volumes().stream()
            .map(CoverageReport.Line::namespace)
            .distinct()
            .filter(namespace -> mayList(caller, namespace))
            .collect(Collectors.toSet());
    List<CoverageReport.Line> lines =
        report.volumes().stream().filter(line -> seen.contains(line.namespace())).toList();
    return report.of(lines);
  }

  private boolean mayList(Caller caller, @org.jspecify.annotations.Nullable String namespace) {
    return cluster.mayDo(caller, new Access("list", "", "persistentvolumeclaims", namespace, null));
  }

  private static Response refused(int status, String message, String reason) {
    return Response.json(status, Json.encode(new ErrorBody(message, reason)));
  }
}
