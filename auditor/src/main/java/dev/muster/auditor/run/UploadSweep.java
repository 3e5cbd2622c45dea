package dev.muster.auditor.run;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.OpenUpload;
import java.time.Instant;

/// Gives up multipart uploads that nobody completed: a crash between the beginning of an upload and
/// its entry in the journal leaves one that no run knows.
public final class UploadSweep {

  private final BackupStore store;
  private final Keys keys;

  public UploadSweep(BackupStore store, Keys keys) {
    this.store = store;
    this.keys = keys;
  }

  /// How many were given up: those of this cluster that began before the time.
  public int sweep(Instant before) {
    int given = 0;
    for (OpenUpload upload : store.listUploads(keys.data())) {
      if (upload.initiated().isBefore(before)) {
        store.abortUpload(upload.key(), upload.uploadId());
        given++;
      }
    }
    return given;
  }
}
