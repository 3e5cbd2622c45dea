package dev.muster.mover;

import dev.muster.repository.Backoff;
import dev.muster.repository.Pause;
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
import org.jspecify.annotations.Nullable;

/// Segments through presigned reads. A connection that is cut is taken up again where it ended.
final class HttpSegments implements SegmentSource {

  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final Backoff BACKOFF =
      new Backoff(8, Duration.ofMillis(250), Duration.ofSeconds(10));

  private final HttpClient http;
  private final String stream;
  private final List<Ticket.Segment> segments;
  private final Pause pause;
  private final RandomGenerator random;

  HttpSegments(HttpClient http, Ticket.Stream stream, Pause pause, RandomGenerator random) {
    this.http = http;
    this.stream = stream.name();
    this.segments = stream.segments();
    this.pause = pause;
    this.random = random;
  }

  @Override
  public InputStream open(int index) {
    return new Segment(index);
  }

  String name(int index) {
    return "segment %d of stream %s".formatted(index + 1, stream);
  }

  private final class Segment extends InputStream {
    private final int index;
    private @Nullable InputStream body;
    private long read;
    private int failed;

    Segment(int index) {
      this.index = index;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /// A body that is longer than announced is passed on, so that the reader above refuses it.
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      while (true) {
        try {
          InputStream current = body == null ? request() : body;
          body = current;
          int count = current.read(buffer, offset, length);
          if (count > 0) {
            read += count;
            failed = 0;
          }
          return count;
        } catch (StreamException | StoreAnswer e) {
          throw e;
        } catch (IOException e) {
          retry(e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      if (body != null) {
        body.close();
        body = null;
      }
    }

    private InputStream request() throws IOException {
      HttpRequest.Builder get =
          HttpRequest.newBuilder(URI.create(segments.get(index).url())).timeout(ANSWER);
      if (read > 0) {
        get.header("Range", "bytes=" + read + "-");
      }
      HttpResponse<InputStream> answer;
      try {
        answer = http.send(get.build(), HttpResponse.BodyHandlers.ofInputStream());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while reading " + name(index));
      }
      int status = answer.statusCode();
      if (status == (read > 0 ? 206 : 200)) {
        return answer.body();
      }
      answer.body().close();
      if (status == 404) {
        throw new StreamException(
            StreamException.Reason.SEGMENT_MISSING, name(index) + " is not in the store", null);
      }
      if (status >= 500 || status == 429) {
        throw new IOException("HTTP " + status);
      }
      throw new StoreAnswer("the store answers " + status + " for " + name(index));
    }

    private void retry(IOException cause) throws IOException {
      close();
      failed++;
      if (failed >= BACKOFF.attempts() || cause instanceof InterruptedIOException) {
        throw new IOException(
            "the store cannot be read at %s after %d bytes: %s".formatted(name(index), read, cause),
            cause);
      }
      try {
        pause.pause(BACKOFF.wait(failed, random));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for " + name(index));
      }
    }
  }

  /// A refusal that repeating does not change.
  private static final class StoreAnswer extends IOException {
    StoreAnswer(String message) {
      super(message);
    }
  }
}
