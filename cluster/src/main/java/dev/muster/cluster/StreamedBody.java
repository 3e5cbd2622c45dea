package dev.muster.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The body of an answer while it comes, a little of it ahead of its reader. The client's own
/// stream copies byte by byte, which costs as much as looking at the tokens.
final class StreamedBody extends InputStream {
  private static final int AHEAD = 32;
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final ByteBuffer END = ByteBuffer.allocate(0);

  private final BlockingQueue<ByteBuffer> parts = new LinkedBlockingQueue<>();
  private final AtomicBoolean resting = new AtomicBoolean();
  private ByteBuffer part = ByteBuffer.allocate(0);
  private @Nullable AsyncBody source;
  private volatile @Nullable Throwable broken;
  private volatile boolean left;

  /// Hears the transport.
  void heard(List<ByteBuffer> more, AsyncBody from) {
    parts.addAll(more);
    if (left) {
      from.cancel();
    } else if (parts.size() < AHEAD) {
      from.consume();
    } else {
      resting.set(true);
      // The reader may have taken all of them meanwhile, and wait, or have left.
      goOn(from);
      leave(from);
    }
  }

  /// The client closes an answer in one thread while another reads of it, and then both write to
  /// the same buffers: some later request finds them in a circle and never ends. So it is given up
  /// only while nothing is asked of it.
  private void leave(AsyncBody from) {
    if (left && resting.compareAndSet(true, false)) {
      from.cancel();
    }
  }

  private void goOn(AsyncBody from) {
    if (parts.size() < AHEAD / 2 && resting.compareAndSet(true, false)) {
      from.consume();
    }
  }

  /// Begins once the head of the answer is there.
  void begin(AsyncBody from) {
    source = from;
    var _ =
        from.done()
            .whenComplete((done, error) -> {
              broken = error;
              parts.add(END);
            });
    from.consume();
  }

  @Override
  public int read() throws IOException {
    return filled() ? part.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int most) throws IOException {
    if (!filled()) {
      return -1;
    }
    int taken = Math.min(most, part.remaining());
    part.get(into, from, taken);
    return taken;
  }

  private boolean filled() throws IOException {
    while (part != END && !part.hasRemaining()) {
      part = next();
    }
    if (part == END && broken != null) {
      throw new IOException("the answer broke off", broken);
    }
    return part != END;
  }

  private ByteBuffer next() throws IOException {
    if (source != null) {
      goOn(source);
    }
    try {
      ByteBuffer taken = parts.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
      if (taken == null) {
        if (source != null) {
          source.cancel(); // Its reader waits for the network, and touches nothing.
        }
        throw new IOException("the answer stopped for " + SILENCE.toSeconds() + " s");
      }
      return taken;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /// What is still to come is given up with the next part of it; one that comes to its end has
  /// closed itself.
  @Override
  public void close() {
    left = true;
    if (source != null && part != END) {
      leave(source);
    }
  }
}
