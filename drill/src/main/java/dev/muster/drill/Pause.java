package dev.muster.drill;

import java.time.Duration;

/// Waits between two attempts, so that tests need not.
interface Pause {
  void pause(Duration duration);
}
