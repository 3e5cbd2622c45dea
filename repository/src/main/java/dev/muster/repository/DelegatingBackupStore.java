package dev.muster.repository;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Passes every call through one gate, for decorators that treat all calls alike.
abstract class DelegatingBackupStore implements BackupStore {

  private final BackupStore store;

  DelegatingBackupStore(BackupStore store) {
    this.store = store;
  }

  /// Runs one call that only reads.
  abstract <T> T read(String what, Supplier<T> call);

  /// Runs one call that changes the store.
  abstract <T> T write(String what, Supplier<T> call);

  @Override
  public PutOutcome putIfAbsent(String key, byte[] content) {
    return write("create " + key, () -> store.putIfAbsent(key, content));
  }

  @Override
  public Optional<byte[]> get(String key, int limit) {
    return read("read " + key, () -> store.get(key, limit));
  }

  @Override
  public Optional<OldestVersion> getOldest(String key, int limit) {
    return read("read " + key, () -> store.getOldest(key, limit));
  }

  @Override
  public Optional<ObjectHead> head(String key) {
    return read("look at " + key, () -> store.head(key));
  }

  @Override
  public List<ListedObject> list(String prefix) {
    return read("list " + prefix, () -> store.list(prefix));
  }

  @Override
  public List<String> children(String prefix) {
    return read("list " + prefix, () -> store.children(prefix));
  }

  @Override
  public InputStream openStream(String key, long offset, long length) {
    return read("read " + key, () -> store.openStream(key, offset, length));
  }

  @Override
  public String createUpload(String key) {
    return write("start an upload of " + key, () -> store.createUpload(key));
  }

  @Override
  public void putPart(String key, String uploadId, int number, byte[] content, String sha256) {
    var unused =
        write(
            "send a part of " + key,
            () -> {
              store.putPart(key, uploadId, number, content, sha256);
              return true;
            });
  }

  @Override
  public SignedRequest presignPart(
      String key, String uploadId, int number, long length, String sha256, Duration ttl) {
    return write(
        "grant a part of " + key,
        () -> store.presignPart(key, uploadId, number, length, sha256, ttl));
  }

  @Override
  public List<StoredPart> listParts(String key, String uploadId) {
    return read("list the parts of " + key, () -> store.listParts(key, uploadId));
  }

  @Override
  public CompleteOutcome completeUpload(String key, String uploadId, List<StoredPart> parts) {
    return write("complete " + key, () -> store.completeUpload(key, uploadId, parts));
  }

  @Override
  public void abortUpload(String key, String uploadId) {
    var unused =
        write(
            "abort the upload of " + key,
            () -> {
              store.abortUpload(key, uploadId);
              return true;
            });
  }

  @Override
  public List<OpenUpload> listUploads(String prefix) {
    return read("list uploads of " + prefix, () -> store.listUploads(prefix));
  }

  @Override
  public SignedRequest presignGet(String key, Duration ttl) {
    return read("grant a read of " + key, () -> store.presignGet(key, ttl));
  }

  @Override
  public void close() {
    store.close();
  }
}
