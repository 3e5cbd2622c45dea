package dev.muster.webhook;

import dev.muster.config.Configuration.Level;
import dev.muster.http.Metrics;
import dev.muster.model.PlainText;
import dev.muster.webhook.admission.Outcome;
import dev.muster.webhook.admission.Review;
import dev.muster.webhook.admission.Stage;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLogger;

/// Counts and logs reviews. Labels come from small fixed sets; names are only in the log.
final class ReviewLog {
  private static final Set<String> KINDS = Set.of("StatefulSet", "PersistentVolumeClaim", "Pod");

  private final Metrics metrics;
  private final Logger log;

  private ReviewLog(Metrics metrics, Logger log) {
    this.metrics = metrics;
    this.log = log;
  }

  static ReviewLog of(Metrics metrics) {
    return new ReviewLog(metrics, LoggerFactory.getLogger(ReviewLog.class));
  }

  /// For reviews that nobody asked for.
  static ReviewLog silent() {
    return new ReviewLog(new Metrics(), NOPLogger.NOP_LOGGER);
  }

  void reviewed(
      Stage stage, Level level, Review review, Outcome outcome, String decision, Duration taken) {
    var kind = KINDS.contains(review.kind()) ? review.kind() : "other";
    // A dry run changes nothing, so it must not look like a change in any report.
    metrics.count(
        review.dryRun() ? "muster.reviews.dry.run" : "muster.reviews",
        "stage",
        stage.word(),
        "level",
        level.word(),
        "kind",
        kind,
        "outcome",
        word(outcome));
    metrics.time(taken, "muster.review", "stage", stage.word(), "kind", kind);
    var event =
        switch (outcome) {
          case Outcome.Broken broken -> log.atWarn().addKeyValue("reason", broken.reason());
          case Outcome.NotApplicable passed -> log.atDebug().addKeyValue("reason", passed.reason());
          case Outcome.Decided decided ->
              (decided.patch().isEmpty() && decided.denial().isEmpty()
                      ? log.atDebug()
                      : log.atInfo())
                  .addKeyValue("rules", String.join(",", decided.rules()));
        };
    event
        .addKeyValue("decision", decision)
        .addKeyValue("outcome", word(outcome))
        .addKeyValue("stage", stage.word())
        .addKeyValue("operation", PlainText.line(review.operation()))
        .addKeyValue("kind", PlainText.line(review.kind()))
        .addKeyValue("object", PlainText.line(review.namespace() + "/" + review.name()))
        .addKeyValue("dryRun", review.dryRun())
        .log("reviewed");
  }

  /// A body that was not judged, or not even read.
  void unread(String label, String reason) {
    metrics.count("muster.reviews.unread", "reason", label);
    log.atWarn().addKeyValue("reason", reason).log("review {}", label);
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Broken broken -> "broken";
      case Outcome.NotApplicable passed -> "passed";
      case Outcome.Decided decided when decided.denial().isPresent() -> "denied";
      case Outcome.Decided decided when decided.patch().isEmpty() -> "unchanged";
      case Outcome.Decided decided -> "changed";
    };
  }
}
