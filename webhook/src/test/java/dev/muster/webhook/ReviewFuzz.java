package dev.muster.webhook;

import dev.muster.webhook.admission.Reviews;
import java.util.Map;

/// What the fuzzer calls by name (`make fuzz`): the same properties as the corpus has to keep, and
/// that nothing grows while millions of reviews pass.
public final class ReviewFuzz {
  private static final int MEBIBYTE = 1 << 20;

  /// What it may hold more at the end than after its first executions.
  private static final long GROWTH = 24L * MEBIBYTE;

  private static final long SETTLED = 20_000;
  private static final long LOOK = 200_000;

  private static final ReviewProperties PROPERTIES = new ReviewProperties();
  private static long executions;
  private static long atFirst = -1;

  private ReviewFuzz() {}

  /// Loads what an answer needs, which is no part of the time of the first input.
  public static void fuzzerInitialize() {
    PROPERTIES.check(Reviews.body(Reviews.statefulSet(Map.of()), request -> {}));
  }

  public static void fuzzerTestOneInput(byte[] body) {
    PROPERTIES.check(body);
    executions++;
    if (executions == SETTLED) {
      atFirst = held();
    } else if (executions % LOOK == 0) {
      nothingGrew();
    }
  }

  public static void fuzzerTearDown() {
    nothingGrew();
    System.err.println(PROPERTIES.seen());
    PROPERTIES.close();
  }

  private static void nothingGrew() {
    if (atFirst < 0) {
      return;
    }
    long now = held();
    System.err.printf(
        "heap: %d MiB after %d executions, %d MiB after %d%n",
        atFirst / MEBIBYTE, SETTLED, now / MEBIBYTE, executions);
    if (now - atFirst > GROWTH) {
      throw new AssertionError("the heap grew by " + (now - atFirst) + " bytes");
    }
  }

  private static long held() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
