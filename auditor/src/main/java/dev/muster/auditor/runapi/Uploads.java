package dev.muster.auditor.runapi;

import dev.muster.auditor.run.Entry;
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
  private final Map<String, Entry.Upload> known = new ConcurrentHashMap<>();

  Uploads(BackupStore store, Keys keys, Journal journal) {
    this.store = store;
    this.keys = keys;
    this.journal = journal;
  }

  Entry.Upload of(Admitted mover, String stream, int segment) {
    String run = mover.run().runId();
    String attempt = mover.attempt().attempt();
    String key = keys.segment(mover.workloadKey(), run, attempt, stream, segment);
    Entry.Upload remembered = known.get(key);
    if (remembered != null) {
      return remembered;
    }
    var state = new JournalState.Upload(attempt, stream, segment);
    Optional<Entry.Upload> recorded =
        journal.read(mover.workloadKey(), run, state, Entry.Upload.class);
    Entry.Upload upload = recorded.orElseGet(() -> begin(mover.workloadKey(), run, state, key));
    if (known.size() >= REMEMBERED) {
      known.clear();
    }
    known.put(key, upload);
    return upload;
  }

  private Entry.Upload begin(String workloadKey, String run, JournalState state, String key) {
    Entry.Upload mine = new Entry.Upload(key, store.createUpload(key));
    Entry.Upload holds = journal.record(workloadKey, run, state, mine).body();
    if (!holds.equals(mine)) {
      store.abortUpload(mine.key(), mine.uploadId());
    }
    return holds;
  }
}
