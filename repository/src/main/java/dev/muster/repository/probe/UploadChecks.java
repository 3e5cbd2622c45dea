package dev.muster.repository.probe;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.probe.Finding.Result;

/// What becomes of uploads that nobody completes, and of parts that are not what was announced.
final class UploadChecks {

  private static final int SIZE = 1000;

  private final BackupStore store;
  private final Scratch scratch;

  UploadChecks(Scratch scratch) {
    this.store = scratch.store();
    this.scratch = scratch;
  }

  Result unfinishedHidden() {
    String key = scratch.key("unfinished");
    String upload = scratch.upload(key, Scratch.noise(1, SIZE));
    boolean hidden = hidden(key);
    store.abortUpload(key, upload);
    return hidden
        ? new Result.Met("its key was empty")
        : new Result.NotMet("its key held an object, or was listed");
  }

  Result listed() {
    String key = scratch.key("listed");
    String upload = scratch.upload(key, Scratch.noise(1, SIZE));
    boolean listed = listed(upload);
    store.abortUpload(key, upload);
    return listed
        ? new Result.Met("listed by their folder")
        : new Result.NotMet("what crashes leave must be cleared by a rule of the bucket");
  }

  Result abort() {
    String key = scratch.key("aborted");
    String upload = scratch.upload(key, Scratch.noise(1, SIZE));
    store.abortUpload(key, upload);
    if (listed(upload) || !gone(key, upload)) {
      return new Result.NotMet("the upload is still there");
    }
    return hidden(key)
        ? new Result.Met("neither upload nor object")
        : new Result.NotMet("its key holds an object");
  }

  Result wrongChecksum() {
    String key = scratch.key("checksum");
    String upload = store.createUpload(key);
    try {
      String other = Digests.sha256(Scratch.noise(1, SIZE));
      store.putPart(key, upload, 1, Scratch.noise(2, SIZE), other);
      return new Result.NotMet("a part of other bytes was taken: only reading back tells");
    } catch (StoreException e) {
      if (e.retryable()) {
        throw e;
      }
      return new Result.Met("a part of other bytes was refused, " + kept(key, upload));
    } finally {
      store.abortUpload(key, upload);
    }
  }

  private String kept(String key, String upload) {
    byte[] right = Scratch.noise(1, SIZE);
    store.putPart(key, upload, 2, right, Digests.sha256(right));
    boolean kept =
        store.listParts(key, upload).stream()
            .anyMatch(p -> p.sha256().filter(Digests.sha256(right)::equals).isPresent());
    return kept ? "and SHA-256 is kept of each part" : "but no SHA-256 is kept of parts";
  }

  private boolean hidden(String key) {
    return store.head(key).isEmpty() && store.get(key, SIZE).isEmpty() && store.list(key).isEmpty();
  }

  private boolean listed(String upload) {
    return store.listUploads(scratch.folder()).stream().anyMatch(u -> u.uploadId().equals(upload));
  }

  private boolean gone(String key, String upload) {
    try {
      return store.listParts(key, upload).isEmpty();
    } catch (StoreException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }
}
