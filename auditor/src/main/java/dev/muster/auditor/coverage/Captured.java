package dev.muster.auditor.coverage;

import dev.muster.model.Consistency;
import dev.muster.model.Parsed;
import dev.muster.model.Retention;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.ConsistencyClass;
import java.util.Optional;

/// How a point of Muster was made, as its manifest says.
///
/// @param encrypted for at least one recipient
/// @param retention of the plan that it was made under; empty where it does not read
public record Captured(
    boolean encrypted, ConsistencyClass guarantee, Optional<Retention> retention) {

  static Captured of(Manifest manifest) {
    return new Captured(
        !manifest.encryption().recipients().isEmpty(),
        manifest.consistency().guarantee(),
        switch (Retention.parse(manifest.identity().retention())) {
          case Parsed.Value<Retention>(var retention) -> Optional.of(retention);
          case Parsed.Refused<Retention> _ -> Optional.empty();
        });
  }

  /// Whether it guarantees what a contract asks for.
  public boolean meets(Consistency asked) {
    return switch (asked) {
      case APPLICATION -> guarantee == ConsistencyClass.APPLICATION;
      case CRASH -> guarantee != ConsistencyClass.NONE;
    };
  }
}
