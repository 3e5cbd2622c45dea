package dev.muster.cli;

import dev.muster.config.EngineProfile;
import java.util.List;

/// The profile that dumps a workload, for people.
///
/// @param testedWith empty: no test of Muster has run it
/// @param whole whether it is dumped and restored as a whole only
record ExplainedProfile(String name, List<String> testedWith, boolean whole) {

  static ExplainedProfile of(EngineProfile profile) {
    return new ExplainedProfile(profile.name(), profile.testedWith(), !profile.byDatabase());
  }

  String text() {
    String tested =
        testedWith.isEmpty()
            ? "UNTESTED: no test of Muster has run it, try a restore before you rely on it"
            : "tested with " + String.join(", ", testedWith);
    return "%s (%s)%s"
        .formatted(
            name,
            tested,
            whole
                ? "; it comes back as a whole, into an empty server or by muster restore --to FILE"
                : "");
  }
}
