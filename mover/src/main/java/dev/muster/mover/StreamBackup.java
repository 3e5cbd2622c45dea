package dev.muster.mover;

import dev.muster.repository.PartSink;
import dev.muster.repository.StreamWriter;
import dev.muster.repository.WrittenStream;
import dev.muster.repository.wire.Progress;
import dev.muster.repository.wire.RunReport.StreamReport;
import dev.muster.repository.wire.StreamSpec;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One stream from its pipe to the store.
final class StreamBackup {

  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final StreamWriter writer;
  private final RunApi api;
  private final String attempt;

  StreamBackup(StreamWriter writer, RunApi api, String attempt) {
    this.writer = writer;
    this.api = api;
    this.attempt = attempt;
  }

  StreamReport back(StreamSpec spec, InputStream pipe, PartSink sink)
      throws IOException, InterruptedException {
    try (ProgressBell bell =
        new ProgressBell(
            PROGRESS,
            (plain, stored) -> api.progress(new Progress(attempt, spec.name(), plain, stored)))) {
      WrittenStream written = writer.write(new Source(spec.name(), pipe), sink, bell::ring);
      checkMagic(spec, written);
      bell.last(written.plainBytes(), written.storedBytes());
      return new StreamReport(
          spec.name(),
          written.plainBytes(),
          written.plainSha256(),
          trailerSeen(spec, written),
          written.segments());
    }
  }

  private static void checkMagic(StreamSpec spec, WrittenStream written) throws MoverException {
    String magic = spec.magic();
    if (magic == null) {
      return;
    }
    byte[] expected = magic.getBytes(StandardCharsets.UTF_8);
    byte[] head = written.head();
    if (head.length < expected.length
        || !Arrays.equals(Arrays.copyOf(head, expected.length), expected)) {
      throw new MoverException(
          Reason.UNEXPECTED_FORMAT,
          "stream %s (%d bytes) does not begin with %s"
              .formatted(spec.name(), written.plainBytes(), magic),
          null);
    }
  }

  private static @Nullable Boolean trailerSeen(StreamSpec spec, WrittenStream written) {
    String trailer = spec.trailer();
    return trailer == null
        ? null
        : new String(written.tail(), StandardCharsets.ISO_8859_1)
            .contains(
                new String(trailer.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  /// Says whose pipe it was that failed.
  private static final class Source extends FilterInputStream {
    private final String stream;

    Source(String stream, InputStream pipe) {
      super(pipe);
      this.stream = stream;
    }

    @Override
    public int read(byte[] block, int offset, int length) throws IOException {
      try {
        return in.read(block, offset, length);
      } catch (IOException e) {
        throw new MoverException(
            Reason.STREAM_LOST, "reading the pipe of stream " + stream + " failed: " + e, e);
      }
    }
  }
}
