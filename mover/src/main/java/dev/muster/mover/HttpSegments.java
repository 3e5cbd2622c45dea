package dev.muster.mover;

import dev.muster.repository.Backoff;
import dev.muster.repository.Pause;
import dev.muster.repository.SegmentSource;
import dev.muster.repository.StreamException;
import dev.muster.repository.wire.Ticket;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

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
          int count = heard(current, buffer, offset, length);
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

    /// The request's own timeout ends with the headers of the answer. Only the wait for the store
    /// is watched, so that a slow client may let it wait.
    private int heard(InputStream current, byte[] buffer, int offset, int length)
        throws IOException {
      CompletableFuture<Void> heard = new CompletableFuture<>();
      var unused =
          heard
              .orTimeout(silence.toNanos(), TimeUnit.NANOSECONDS)
              .whenComplete((nothing, late) -> closeLate(current, late));
      int count;
      try {
        count = current.read(buffer, offset, length);
      } catch (IOException e) {
        throw heard.isCompletedExceptionally() ? silent(e) : e;
      } finally {
        heard.complete(null);
      }
      if (count < 0 && heard.isCompletedExceptionally() && read < segments.get(index).bytes()) {
        throw silent(null);
      }
      return count;
    }

    private IOException silent(@Nullable IOException cause) {
      return new IOException("no byte came within " + silence, cause);
    }

    /// Ends the read that waits in another thread.
    private static void closeLate(InputStream body, @Nullable Throwable late) {
      if (late != null) {
        try {
          body.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private InputStream request() throws IOException {
      HttpRequest.Builder get =
          HttpRequest.newBuilder(URI.create(segments.get(index).url())).timeout(silence);
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
