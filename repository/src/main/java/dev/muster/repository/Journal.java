package dev.muster.repository;

import java.util.List;
import java.util.Optional;

/// The history of runs in the store. It lets a new leader adopt what an old one began, and lets
/// failures survive a restart; no reader takes it for a recovery point.
///
/// A state is created once and never changed. Bodies are records of the caller, encoded as JSON.
public final class Journal {

  private final BackupStore store;
  private final Keys keys;

  public Journal(BackupStore store, Keys keys) {
    this.store = store;
    this.keys = keys;
  }

  /// Records a state, or says which body was there first. Throws [StoreException] when neither
  /// could be established; calling again with an equal body is safe.
  public <T> Recorded<T> record(String workloadKey, String runId, JournalState state, T body) {
    String key = keys.journal(workloadKey, runId, state);
    return switch (Commit.commit(store, key, Json.encode(body))) {
      case Commit.Outcome.Committed() -> new Recorded.Ours<>(body);
      case Commit.Outcome.Lost(var stored) -> new Recorded.Theirs<>(decode(key, stored, body));
    };
  }

  /// The body of a state, or empty if the run has not reached it.
  public <T> Optional<T> read(String workloadKey, String runId, JournalState state, Class<T> type) {
    String key = keys.journal(workloadKey, runId, state);
    return store
        .getOldest(key, Sizes.JOURNAL_ENTRY)
        .map(version -> Json.decode(version.content(), type, key));
  }

  /// The words of the states that a run has reached (`planned`, `attempt-a1-…`, …), sorted. May
  /// lag.
  public List<String> states(String workloadKey, String runId) {
    String folder = keys.journal(workloadKey, runId);
    return store.list(folder).stream()
        .map(object -> object.key().substring(folder.length()))
        .filter(name -> name.endsWith(".json"))
        .map(name -> name.substring(0, name.length() - ".json".length()))
        .toList();
  }

  /// The keys of all workloads that ever had a run. May lag.
  public List<String> workloads() {
    return store.children(keys.runs());
  }

  /// The ids of all runs of a workload. May lag.
  public List<String> runs(String workloadKey) {
    return store.children(keys.runs(workloadKey));
  }

  /// Whose body a state holds.
  public sealed interface Recorded<T> {

    /// The body now in force.
    T body();

    /// Ours, from this call or an earlier one with an equal body.
    record Ours<T>(T body) implements Recorded<T> {}

    /// Recorded before by somebody else.
    record Theirs<T>(T body) implements Recorded<T> {}
  }

  @SuppressWarnings("unchecked")
  private static <T> T decode(String key, byte[] stored, T like) {
    return (T) Json.decode(stored, like.getClass(), key);
  }
}
