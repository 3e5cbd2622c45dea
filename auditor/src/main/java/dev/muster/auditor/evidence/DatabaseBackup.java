package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One backup of a database, which an operator has an object for.
///
/// @param asked when it was asked for: the earliest that its data can be of
/// @param detail of a failure
record DatabaseBackup(
    String tool, String object, Optional<Instant> asked, boolean leaving, String detail) {

  /// What became of it.
  enum Result {
    /// It is where the cluster's end does not reach.
    OUTSIDE,
    /// It is on a volume of the cluster, or lives with its own.
    INSIDE,
    FAILED,
    OPEN;

    /// @param state as the operator says it
    /// @param done the state of one that ended well
    /// @param failed the state of one that did not
    /// @param outside where one that ended well is
    static Result of(String state, String done, String failed, boolean outside) {
      if (state.equals(done)) {
        return outside ? OUTSIDE : INSIDE;
      }
      return state.equals(failed) ? FAILED : OPEN;
    }
  }

  /// @param kind as in the object
  static DatabaseBackup of(String tool, String kind, JsonNode backup) {
    return new DatabaseBackup(
        tool,
        Said.name(kind, backup),
        Said.time(backup, "/metadata/creationTimestamp"),
        backup.path("metadata").hasNonNull("deletionTimestamp"),
        Said.text(backup, "/status/error"));
  }

  /// @param data its claims, of which each may hold something else
  void read(Result result, List<ObjectName> data, Findings into) {
    read(result, data, point -> point, into);
  }

  /// @param data its claims, of which each holds all of it
  void read(Result result, List<ObjectName> data, Claims claims, Findings into) {
    read(result, data, point -> claims.ofAll(data, point), into);
  }

  private void read(
      Result result, List<ObjectName> claims, UnaryOperator<ForeignPoint> known, Findings into) {
    if (leaving) {
      return;
    }
    switch (result) {
      case OUTSIDE ->
          asked
              .map(cut -> known.apply(new ForeignPoint(tool, object, cut)))
              .ifPresent(point -> into.point(claims, point));
      case INSIDE, OPEN -> into.intent(claims, new Intent(tool, object));
      case FAILED ->
          asked.ifPresent(at -> into.failure(claims, new ForeignFailure(tool, object, at, detail)));
    }
  }
}
