package dev.muster.auditor.inventory;

import java.util.HashSet;
import java.util.Set;

/// How the containers of a Pod mount its volumes, by the volumes' names.
///
/// @param written those that some container may write to
/// @param parts those of which some container sees only a folder
record MountedNames(Set<String> written, Set<String> parts) {
  static MountedNames none() {
    return new MountedNames(new HashSet<>(), new HashSet<>());
  }
}
