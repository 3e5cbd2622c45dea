package dev.muster.auditor.runapi;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Journal;
import dev.muster.repository.JournalState;
import dev.muster.repository.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The multipart upload of each segment, begun when its first part is asked for. Replicas agree by
/// the journal: the first id recorded is the one, the loser gives up its own.
final class Uploads {

  private static final int REMEMBERED = 10_000;

  private final BackupStore store;
  private final Keys keys;
  private final Journal journal;
  private final Map<String, Upload> known = new ConcurrentHashMap<>();

  Uploads(BackupStore store, Keys keys, Journal journal) {
    this.store = store;
    this.keys = keys;
    this.journal = journal;
  }

  /// The journal's body.
  record Upload(String key, String uploadId) {}

  Upload of(Admitted mover, String stream, int segment) {
    String run = mover.run().runId();
    String attempt = mover.attempt().attempt();
    String key = keys.segment(mover.workloadKey(), run, attempt, stream, segment);
    Upload remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    var state = new JournalState.Upload(attempt, stream, segment);
    Optional<Upload> recorded =
        journal.read(mover.workloadKey(), run, state, Upload.class);
    Upload upload = recorded.orElseGet(() -> begin(mover.workloadKey(), run, state, key));
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(key, upload);
    return upload;
  }

  private Upload begin(String workloadKey, String run, JournalState state, String key) {
    Upload mine = new Upload(key, store.createUpload(key));
    Upload holds = journal.record(workloadKey, run, state, mine).body();
    if (!holds.equals(mine)) {
      store.abortUpload(mine.key(), mine.uploadId());
    }
    return holds;
  }
}
