package dev.muster.mover;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The mover cannot do its part; the reason goes into the termination message.
final class MoverException extends IOException {

  private final Reason reason;

  MoverException(Reason reason, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
