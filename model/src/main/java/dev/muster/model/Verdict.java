package dev.muster.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// What coverage says of one volume. The first that matches wins, in the order written here.
public sealed interface Verdict {
  /// Not enough was seen to judge: never a kind of success.
  record Unknown(String reason) implements Verdict {}

  /// @param approved whether the configuration approves it; otherwise it is the owner's own word
  record Waived(String owner, String reason, LocalDate until, boolean approved)
      implements Verdict {}

  record Excluded(String reason) implements Verdict {}

  record Unprotected(String reason) implements Verdict {}

  /// An annotation or another tool's object says so, but no recovery point exists.
  record IntentOnly(String reason) implements Verdict {}

  record Failing(String reason, Optional<Instant> newest) implements Verdict {}

  record Stale(Instant newest, Duration rpo) implements Verdict {}

  record Proven(Instant newest, Instant provenAt) implements Verdict {}

  record Verified(Instant newest, Instant verifiedAt) implements Verdict {}

  record Sealed(Instant newest) implements Verdict {}

  /// The word of the report: `Unprotected`.
  default String word() {
    return getClass().getSimpleName();
  }

  /// Whether a point within its promise exists.
  default boolean covered() {
    return switch (this) {
      case Proven _, Verified _, Sealed _ -> true;
      case Unknown _, Waived _, Excluded _, Unprotected _, IntentOnly _, Failing _, Stale _ ->
          false;
    };
  }
}
