package dev.muster.mover;

import dev.muster.repository.Backoff;
import dev.muster.repository.PartSink;
import dev.muster.repository.Pause;
import dev.muster.repository.wire.PartGrant;
import dev.muster.repository.wire.PartRequest;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// Sends the parts of one stream: asks for a URL, puts the bytes, and on failure asks again and
/// puts the same bytes. A stalled store is waited for, for about a quarter of an hour per part.
final class PartUpload implements PartSink {

  private static final Duration PUT = Duration.ofMinutes(5);
  private static final Duration PART = Duration.ofMinutes(15);
  private static final Backoff BACKOFF =
      new Backoff(100, Duration.ofMillis(500), Duration.ofSeconds(20));

  /// A store that was never reached is a closed network, and that is known sooner.
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(60);

  private final RunApi api;
  private final HttpClient http;
  private final String attempt;
  private final String stream;
  private final AtomicBoolean storeReached;
  private final Pause pause;
  private final RandomGenerator random;

  PartUpload(
      RunApi api,
      HttpClient http,
      String attempt,
      String stream,
      AtomicBoolean storeReached,
      Pause pause,
      RandomGenerator random) {
    this.api = api;
    this.http = http;
    this.attempt = attempt;
    this.stream = stream;
    this.storeReached = storeReached;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public void send(int segment, int part, String sha256, ByteBuffer bytes)
      throws IOException, InterruptedException {
    var request = new PartRequest(attempt, stream, segment, part, bytes.remaining(), sha256);
    long began = System.nanoTime();
    for (int failed = 1; ; failed++) {
      PartGrant grant = api.part(request);
      Answer answer = put(grant, bytes);
      switch (answer) {
        case Answer.Stored() -> {
          return;
        }
        case Answer.Refused(var detail) -> throw failure(Reason.STORE, grant, request, detail);
        case Answer.Later(var detail, var unreachable) -> {
          long spent = System.nanoTime() - began;
          if (unreachable && !storeReached.get() && spent > FIRST_CONTACT.toNanos()) {
            throw failure(Reason.BLOCKED_NETWORK, grant, request, detail);
          }
          if (spent > PART.toNanos()) {
            throw failure(Reason.STORE, grant, request, detail);
          }
        }
      }
      pause.pause(BACKOFF.wait(failed, random));
    }
  }

  private sealed interface Answer {
    record Stored() implements Answer {}

    record Refused(String detail) implements Answer {}

    record Later(String detail, boolean unreachable) implements Answer {}
  }

  private Answer put(PartGrant grant, ByteBuffer bytes) throws InterruptedException {
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(grant.url()))
            .timeout(PUT)
            .PUT(
                HttpRequest.BodyPublishers.ofByteArray(
                    bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining()));
    grant.headers().forEach(put::header);
    try {
      int status = http.send(put.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      storeReached.set(true);
      return judge(status);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Answer.Later(e.toString(), true);
    } catch (IOException e) {
      return new Answer.Later(e.toString(), false);
    }
  }

  /// 400 and 403 may be a cut body or an expired grant: a fresh grant settles it. 404 is final: the
  /// upload was aborted.
  private static Answer judge(int status) {
    if (status == 200) {
      return new Answer.Stored();
    }
    return status == 404
        ? new Answer.Refused("404: the upload is gone")
        : new Answer.Later("HTTP " + status, false);
  }

  private static MoverException failure(
      Reason reason, PartGrant grant, PartRequest request, String detail) {
    return new MoverException(
        reason,
        "store %s: part %d of segment %d of stream %s: %s"
            .formatted(
                URI.create(grant.url()).getAuthority(),
                request.part(),
                request.segment(),
                request.stream(),
                detail),
        null);
  }
}
