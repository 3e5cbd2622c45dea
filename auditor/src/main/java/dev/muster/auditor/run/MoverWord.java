package dev.muster.auditor.run;

import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import dev.muster.repository.wire.Termination;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The mover's termination message.
final class MoverWord {

  private MoverWord() {}

  static Optional<Termination> read(String message) {
    try {
      return Optional.of(
          Json.decode(
              message.getBytes(StandardCharsets.UTF_8), Termination.class, "termination message"));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  static boolean reported(String message) {
    return read(message).filter(w -> w.outcome() == Termination.Outcome.reported).isPresent();
  }
}
