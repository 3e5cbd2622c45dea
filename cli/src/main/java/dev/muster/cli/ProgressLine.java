package dev.muster.cli;

import java.io.PrintWriter;
import java.time.Duration;

/// How far long reading is, told every few seconds beside what a command prints.
final class ProgressLine {

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final PrintWriter to;
  private final String what;
  private final long total;
  private long told = System.nanoTime();

  ProgressLine(PrintWriter to, String what, long total) {
    this.to = to;
    this.what = what;
    this.total = total;
  }

  void at(long bytes) {
    long now = System.nanoTime();
    if (now - told >= PERIOD.toNanos()) {
      told = now;
      to.println(
          "muster: %s: %s of %s (%d %%)"
              .formatted(
                  what, Bytes.text(bytes), Bytes.text(total), 100 * bytes / Math.max(1, total)));
    }
  }
}
