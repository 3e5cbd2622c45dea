package dev.muster.mover;

import dev.muster.repository.Backoff;
import dev.muster.repository.Pause;
import dev.muster.repository.RefusedReadException;
import dev.muster.repository.ResumingStream;
import dev.muster.repository.SegmentSource;
import dev.muster.repository.StreamException;
import dev.muster.repository.wire.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Segments through presigned reads. A connection that is cut, or over which nothing comes any
/// more, is taken up again where it ended.
final class HttpSegments implements SegmentSource {

  private static final Backoff BACKOFF =
      new Backoff(8, Duration.ofMillis(250), Duration.ofSeconds(10));

  private final HttpClient http;
  private final String stream;
  private final List<Ticket.Segment> segments;
  private final Duration silence;
  private final Pause pause;
  private final RandomGenerator random;

  /// `silence` is how long the store may take to answer, and then to send the next byte.
  HttpSegments(
      HttpClient http,
      Ticket.Stream stream,
      Duration silence,
      Pause pause,
      RandomGenerator random) {
    this.http = http;
    this.stream = stream.name();
    this.segments = stream.segments();
    this.silence = silence;
    this.pause = pause;
    this.random = random;
  }

  @Override
  public InputStream open(int index) {
    return new ResumingStream(name(index), at -> request(index, at), BACKOFF, pause, random);
  }

  String name(int index) {
    return "segment %d of stream %s".formatted(index + 1, stream);
  }

  /// A body that is longer than announced is passed on, so that the reader above refuses it.
  private InputStream request(int index, long offset) throws IOException {
    HttpRequest.Builder get =
        HttpRequest.newBuilder(URI.create(segments.get(index).url())).timeout(silence);
    if (offset > 0) {
      get.header("Range", "bytes=" + offset + "-");
    }
    HttpResponse<InputStream> answer = answer(index, get.build());
    int status = answer.statusCode();
    if (status == (offset > 0 ? 206 : 200)) {
      return new WatchedBody(answer.body(), silence, segments.get(index).bytes() - offset);
    }
    answer.body().close();
    if (status == 404) {
      throw new StreamException(
          StreamException.Reason.SEGMENT_MISSING, name(index) + " is not in the store", null);
    }
    if (status >= 500 || status == 429) {
      throw new IOException("HTTP " + status);
    }
    throw new RefusedReadException("the store answers " + status + " for " + name(index));
  }

  private HttpResponse<InputStream> answer(int index, HttpRequest get) throws IOException {
    try {
      return http.send(get, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while reading " + name(index));
    }
  }
}
