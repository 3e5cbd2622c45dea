package dev.muster.mover;

import dev.muster.repository.wire.RunReport.ProbeReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Takes in what a probe prints, up to a bound.
final class ProbeReader {

  private static final int LIMIT = 1024 * 1024;

  private ProbeReader() {}

  static ProbeReport read(String stream, InputStream pipe) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] block = new byte[8192];
    for (int count = pipe.read(block); count >= 0; count = pipe.read(block)) {
      text.write(block, 0, count);
      if (text.size() > LIMIT) {
        throw new MoverException(
            Reason.PROBE_TOO_LARGE,
            "the probe of stream %s printed more than %d bytes".formatted(stream, LIMIT),
            null);
      }
    }
    return new ProbeReport(
        stream,
        text.toString(StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList());
  }
}
