package dev.muster.auditor.run;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.ListedObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds runs that an earlier leader began and nobody ended.
public final class OpenRuns {

  /// Older ones have no Job any more, and their slot was caught up with long ago.
  private static final Duration REMEMBERED = Duration.ofDays(3);

  private OpenRuns() {}

  /// A run by its place in the journal.
  public record Place(String workloadKey, String runId) {}

  /// Throws where the store cannot be listed.
  public static List<Place> find(BackupStore store, Keys keys, Instant now) {
    Map<Place, Set<String>> states = new HashMap<>();
    Set<Place> recent = new HashSet<>();
    for (ListedObject object : store.list(keys.runs())) {
      String[] parts = object.key().substring(keys.runs().length()).split("/", -1);
      if (parts.length != 3) {
        continue;
      }
      Place place = new Place(parts[0], parts[1]);
      states.computeIfAbsent(place, p -> new HashSet<>()).add(parts[2]);
      if (object.lastModified().isAfter(now.minus(REMEMBERED))) {
        recent.add(place);
      }
    }
    return states.entrySet().stream()
        .filter(entry -> recent.contains(entry.getKey()))
        .filter(entry -> !entry.getValue().contains("sealed.json"))
        .filter(entry -> !entry.getValue().contains("failed.json"))
        .map(Map.Entry::getKey)
        .toList();
  }
}
