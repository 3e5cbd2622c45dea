package dev.muster.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request from its head to its answer: body on the event loop, handler on a virtual thread,
/// answer on the event loop. Answers exactly once; whoever settles first wins.
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final Edge edge;
  private final Vertx vertx;
  private final Context context;
  private final HttpServerRequest received;
  private final Intake intake;
  private final Request head;
  private final long began = System.nanoTime();
  private final AtomicBoolean settled = new AtomicBoolean();
  private long bodyTimer = -1;
  private long deadlineTimer = -1;
  private volatile @Nullable Thread worker;

  private Exchange(Edge edge, HttpServerRequest received, Request head) {
    this.edge = edge;
    this.vertx = edge.vertx();
    this.context = vertx.getOrCreateContext();
    this.received = received;
    this.head = head;
    this.intake =
        new Intake(edge.budget(), edge.settings().capacity().bodyLimit(), announced(received));
  }

  static void begin(Edge edge, HttpServerRequest received) {
    Request head;
    try {
      head = head(received);
    } catch (IllegalArgumentException e) {
      edge.rejected("bad_request");
      received.response().setStatusCode(400).putHeader("Connection", "close").end();
      return;
    }
    new Exchange(edge, received, head).receive();
  }

  private void receive() {
    bodyTimer =
        vertx.setTimer(edge.settings().patience().bodyTimeout().toMillis(), timer -> slowBody());
    received.handler(this::chunk);
    received.exceptionHandler(gone -> abandon());
    received.response().exceptionHandler(gone -> abandon());
    received.endHandler(end -> complete());
  }

  private void chunk(Buffer chunk) {
    if (!intake.add(chunk)) {
      edge.rejected("too_large");
      settle(Response.text(413, "body too large\n"), true);
    }
  }

  private void slowBody() {
    edge.rejected("slow_body");
    settle(Response.text(408, "body did not arrive in time\n"), true);
  }

  private void complete() {
    vertx.cancelTimer(bodyTimer);
    edge.began(received.connection());
    switch (intake.state()) {
      case COLLECTING -> work(request(intake.bytes()));
      case TOO_LARGE -> {
        edge.rejected("too_large");
        settle(
            Response.text(
                413, "body longer than " + edge.settings().capacity().bodyLimit() + " bytes\n"),
            false);
      }
      case OVERLOADED -> {
        edge.rejected("overload");
        var cut = request(intake.bytes());
        start(() -> edge.handler().overloaded(cut));
      }
    }
  }

  private void work(Request request) {
    var left = deadline().minusNanos(System.nanoTime() - began).toMillis();
    deadlineTimer = vertx.setTimer(Math.max(left, 1), timer -> late(request));
    start(() -> edge.handler().handle(request));
  }

  private void late(Request request) {
    // Claimed before the interrupt: what the interrupted handler throws is no answer.
    if (!settled.compareAndSet(false, true)) {
      return;
    }
    edge.rejected("late");
    interruptWorker();
    Thread.ofVirtual()
        .name(edge.settings().name() + "-late")
        .start(() -> send(attempt(() -> edge.handler().late(request)), false));
  }

  private void start(Work work) {
    if (settled.get()) {
      intake.release();
      return;
    }
    worker =
        Thread.ofVirtual()
            .name(edge.settings().name() + "-request")
            .start(() -> {
              try {
                answer(work);
              } finally {
                // Held until here and not until the answer: a late handler still holds its body.
                intake.release();
              }
            });
  }

  private void answer(Work work) {
    settle(attempt(work), false);
  }

  private Response attempt(Work work) {
    try {
      return work.run();
    } catch (Throwable e) {
      if (!(settled.get() && e instanceof InterruptedException)) {
        edge.rejected("handler_failed");
        LOG.error("{} {} failed", head.method(), edge.handler().label(head), e);
      }
      return Response.text(500, "internal error, see the server's log\n");
    }
  }

  private void settle(Response response, boolean hangUp) {
    if (settled.compareAndSet(false, true)) {
      send(response, hangUp);
    }
  }

  private void send(Response response, boolean hangUp) {
    context.runOnContext(on -> write(response, hangUp));
  }

  private void write(Response response, boolean hangUp) {
    cancelTimers();
    if (worker == null) {
      intake.release();
    }
    edge.answered(
        edge.handler().label(head), response.status(), Duration.ofNanos(System.nanoTime() - began));
    var out = received.response();
    if (out.closed() || out.ended()) {
      return;
    }
    out.setStatusCode(response.status());
    response.headers().forEach(out::putHeader);
    boolean close = hangUp || edge.draining();
    if (close) {
      out.putHeader("Connection", "close");
    }
    var sent = out.end(Buffer.buffer(response.body()));
    if (hangUp) {
      sent.onComplete(done -> received.connection().close());
    }
  }

  private void abandon() {
    if (settled.compareAndSet(false, true)) {
      edge.rejected("caller_gone");
    }
    cancelTimers();
    interruptWorker();
    if (worker == null) {
      intake.release();
    }
  }

  private void cancelTimers() {
    vertx.cancelTimer(bodyTimer);
    vertx.cancelTimer(deadlineTimer);
  }

  private void interruptWorker() {
    var thread = worker;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private Duration deadline() {
    var asked = edge.handler().deadline(head);
    var most = edge.settings().patience().deadline();
    return asked.isPositive() && asked.compareTo(most) < 0 ? asked : most;
  }

  private Request request(byte[] body) {
    return new Request(
        head.method(), head.path(), head.query(), head.headers(), head.params(), body);
  }

  private static Request head(HttpServerRequest received) {
    var path = received.path();
    if (path == null || !path.startsWith("/")) {
      throw new IllegalArgumentException("path");
    }
    var query = new HashMap<String, String>();
    received.params().forEach(each -> query.putIfAbsent(each.getKey(), each.getValue()));
    var headers = new HashMap<String, String>();
    received
        .headers()
        .forEach(
            each -> headers.putIfAbsent(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
    return new Request(received.method().name(), path, query, headers, Map.of(), new byte[0]);
  }

  private static long announced(HttpServerRequest received) {
    var length = received.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private interface Work {
    Response run() throws Exception;
  }
}
