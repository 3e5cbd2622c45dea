package dev.muster.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to delete: only if it still has this UID, with this grace. Dependents go in the background.
public record Deletion(@Nullable String uid, @Nullable Duration grace) {

  public static Deletion plain() {
    return new Deletion(null, null);
  }

  public static Deletion at(Duration grace) {
    return new Deletion(null, grace);
  }

  public Deletion onlyUid(String expected) {
    return new Deletion(expected, grace);
  }
}
