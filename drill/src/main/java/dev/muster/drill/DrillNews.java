package dev.muster.drill;

import dev.muster.cluster.Events;
import dev.muster.cluster.Events.Type;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells people how a drill goes, by Events on the workload.
final class DrillNews {
  private final Events events;
  private final Workloads workloads;

  DrillNews(Events events, Workloads workloads) {
    this.events = events;
    this.workloads = workloads;
  }

  void started(DrillRequest request, String point) {
    tell(request, Type.NORMAL, "DrillStarted", "drill of point " + point, Map.of("point", point));
  }

  void phase(DrillRequest request, DrillStep step) {
    tell(request, Type.NORMAL, "DrillPhase", step.word(), Map.of("detail", step.word()));
  }

  void ended(DrillReport report) {
    String text = report.outcome().text();
    Map<String, String> more = new TreeMap<>(Map.of("point", report.point(), "detail", text));
    switch (report.outcome()) {
      case DrillOutcome.Proven _ ->
          tell(report.request(), Type.NORMAL, "DrillProven", proven(report), more);
      case DrillOutcome.Disproven _ ->
          tell(report.request(), Type.WARNING, "DrillDisproven", text, more);
      case DrillOutcome.Inconclusive _ ->
          tell(report.request(), Type.WARNING, "DrillInconclusive", text, more);
    }
  }

  void inconclusive(DrillRequest request, String why) {
    tell(request, Type.WARNING, "DrillInconclusive", why, Map.of("detail", why));
  }

  private static String proven(DrillReport report) {
    String warnings =
        report.warnings().isEmpty() ? "" : "; warning: " + String.join("; ", report.warnings());
    return "point %s %s; recovery took %s s%s"
        .formatted(
            report.point(), report.outcome().text(), seconds(report.climb().recovery()), warnings);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }

  private void tell(
      DrillRequest request, Type type, String reason, String text, Map<String, String> more) {
    Optional<HasMetadata> about = workloads.object(request.workload());
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("muster.dev/drill", request.id());
    more.forEach((name, value) -> annotations.put("muster.dev/" + name, value));
    about.ifPresent(object -> events.tell(object, type, reason, text, annotations));
  }
}
