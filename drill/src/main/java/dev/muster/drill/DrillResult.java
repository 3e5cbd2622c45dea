package dev.muster.drill;

import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Holds;
import dev.muster.drill.Finding.Unclear;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A drill's outcome as it stands in evidence, about the point's manifest. It holds names, counts
/// and digests, no data and no secret.
///
/// @param outcome `proven`, `disproven` or `inconclusive`
/// @param step the rung that decided, empty when proven
/// @param recovery from nothing to an engine that answers with the data in it
/// @param dataAt the data's watermark
/// @param dataAge how much would have been lost had the source been lost when the drill began
public record DrillResult(
    String drill,
    String cause,
    String kind,
    String namespace,
    String name,
    String uid,
    String workloadKey,
    String point,
    String image,
    String outcome,
    String step,
    String detail,
    Instant startedAt,
    Instant endedAt,
    Duration recovery,
    @Nullable Duration promisedRecovery,
    @Nullable Boolean withinRto,
    @Nullable Instant dataAt,
    @Nullable Duration dataAge,
    List<Step> steps,
    List<String> warnings) {

  /// The predicate type of the statement.
  public static final String PREDICATE_TYPE = "https://muster.dev/drill/v1";

  public DrillResult {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }

  /// @param result `holds`, `fails` or `unclear`
  public record Step(String step, String result, String note, Duration took) {}

  public boolean proven() {
    return outcome.equals("proven");
  }

  static DrillResult of(DrillReport report) {
    var workload = report.request().workload();
    return new DrillResult(
        report.id(),
        report.request().cause(),
        workload.kind(),
        workload.namespace(),
        workload.name(),
        workload.uid(),
        workload.key().value(),
        report.point(),
        report.image(),
        report.outcome().word(),
        decidedAt(report.outcome()),
        report.outcome().text(),
        report.started(),
        report.ended(),
        report.climb().recovery(),
        report.request().rto().orElse(null),
        report.withinRto().orElse(null),
        report.dataAt().orElse(null),
        report.dataAge().orElse(null),
        report.climb().rungs().stream().map(DrillResult::step).toList(),
        report.warnings());
  }

  private static String decidedAt(DrillOutcome outcome) {
    return switch (outcome) {
      case DrillOutcome.Proven _ -> "";
      case DrillOutcome.Disproven(DrillStep step, _) -> step.word();
      case DrillOutcome.Inconclusive(DrillStep step, _) -> step.word();
    };
  }

  private static Step step(Rung rung) {
    String word = rung.step().word();
    return switch (rung.finding()) {
      case Holds(String note) -> new Step(word, "holds", note, rung.took());
      case Fails(String evidence) -> new Step(word, "fails", evidence, rung.took());
      case Unclear(String reason) -> new Step(word, "unclear", reason, rung.took());
    };
  }
}
