package dev.muster.webhook;

import dev.muster.config.Configuration.Level;
import dev.muster.http.Handler;
import dev.muster.http.Request;
import dev.muster.http.Response;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.AnswerWriter;
import dev.muster.webhook.admission.DecisionId;
import dev.muster.webhook.admission.Outcome;
import dev.muster.webhook.admission.Received;
import dev.muster.webhook.admission.Review;
import dev.muster.webhook.admission.ReviewReader;
import dev.muster.webhook.admission.Stage;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/// Answers the reviews of one stage and one enforcement level. Every review that can be answered is
/// answered with HTTP 200, denials too.
final class ReviewHandler implements Handler {
  private final Stage stage;
  private final Level level;
  private final Supplier<Admission> admission;
  private final ReviewLog log;
  private final InstantSource clock;
  private final LargeBodies large;
  private final ReviewReader reader = new ReviewReader();
  private final AnswerWriter writer = new AnswerWriter();

  ReviewHandler(
      Stage stage,
      Level level,
      Supplier<Admission> admission,
      ReviewLog log,
      InstantSource clock,
      LargeBodies large) {
    this.stage = stage;
    this.level = level;
    this.admission = admission;
    this.log = log;
    this.clock = clock;
    this.large = large;
  }

  @Override
  public Response handle(Request request) {
    var mediaType = request.mediaType().orElse("");
    if (!mediaType.equals("application/json")) {
      return Response.text(415, "send an AdmissionReview as application/json\n");
    }
    if (!large.enter(request)) {
      return overloaded(request);
    }
    try {
      return judge(request);
    } finally {
      large.leave(request);
    }
  }

  private Response judge(Request request) {
    return switch (reader.read(request.body())) {
      case Received.Readable readable -> answer(readable.review());
      case Received.Doubtful doubtful -> {
        log.unread("doubtful", doubtful.reason());
        yield broken(doubtful.uid(), doubtful.reason());
      }
      case Received.Unreadable unreadable -> {
        log.unread("unreadable", unreadable.reason());
        yield Response.text(400, unreadable.reason() + "\n");
      }
    };
  }

  @Override
  public Duration deadline(Request request) {
    return request.query("timeout").map(Timeout::ours).orElse(Duration.ZERO);
  }

  @Override
  public Response late(Request request) {
    return unjudged(request, "late", "the deadline has passed");
  }

  @Override
  public Response overloaded(Request request) {
    return unjudged(request, "overloaded", "the webhook is overloaded");
  }

  /// Allowed at once, without a look at more than the uid.
  private Response unjudged(Request request, String label, String reason) {
    log.unread(label, reason);
    return reader
        .uid(request.body())
        .map(uid -> broken(uid, reason))
        .orElseGet(() -> Response.text(503, reason + "\n"));
  }

  private Response answer(Review review) {
    var began = System.nanoTime();
    var judge = admission.get();
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var outcome = judge.review(review, stage, level, today);
    log.reviewed(
        stage,
        level,
        review,
        outcome,
        DecisionId.of(review.uid(), stage),
        Duration.ofNanos(System.nanoTime() - began));
    return answer(review.uid(), judge.policyDigest(), outcome);
  }

  private Response broken(String uid, String reason) {
    return answer(uid, admission.get().policyDigest(), new Outcome.Broken(reason));
  }

  private Response answer(String uid, String policy, Outcome outcome) {
    return Response.json(200, writer.write(uid, DecisionId.of(uid, stage), policy, outcome));
  }
}
