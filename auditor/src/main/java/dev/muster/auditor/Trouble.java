package dev.muster.auditor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Tells a trouble that lasts once, and its end. For one thread.
final class Trouble {
  private final Logger log;
  private final String of;
  private @Nullable String told;

  /// @param of what cannot be done
  Trouble(Logger log, String of) {
    this.log = log;
    this.of = of;
  }

  void is(String problem) {
    if (!problem.equals(told)) {
      log.warn("{}: {}; tried again until it works", of, problem);
      told = problem;
    }
  }

  void over() {
    if (told != null) {
      log.info("{}: works again", of);
      told = null;
    }
  }
}
