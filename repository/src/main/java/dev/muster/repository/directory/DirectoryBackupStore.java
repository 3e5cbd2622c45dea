package dev.muster.repository.directory;

import dev.muster.repository.BackupStore;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.ListedObject;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.PutOutcome;
import dev.muster.repository.SignedRequest;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoreException.Kind;
import dev.muster.repository.StoredPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The store port over a directory: what a mirror of a bucket is read by, and what the command line
/// may write to. One file for each object, one version of each; nothing is signed. An object is
/// created by a hard link, so the file system must have them.
public final class DirectoryBackupStore implements BackupStore {

  private final Layout layout;
  private final Uploads uploads;

  private DirectoryBackupStore(Layout layout) {
    this.layout = layout;
    this.uploads = new Uploads(layout.scratch().resolve("uploads"));
  }

  /// Throws [Kind#NOT_FOUND] if there is no such directory.
  public static DirectoryBackupStore open(Path root) {
    if (!Files.isDirectory(root)) {
      throw new StoreException(Kind.NOT_FOUND, root + " is not a directory", null);
    }
    return new DirectoryBackupStore(new Layout(root.toAbsolutePath().normalize()));
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] content) {
    return call(
        "create " + key,
        () ->
            create(key, out -> out.write(content))
                ? new PutOutcome.Created()
                : new PutOutcome.Exists());
  }

  @Override
  public Optional<byte[]> get(String key, int limit) {
    return call(
        "read " + key,
        () -> {
          Path file = layout.file(key);
          if (!Files.isRegularFile(file)) {
            return Optional.empty();
          }
          try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(limit + 1);
            if (content.length > limit) {
              throw new StoreException(
                  Kind.TOO_LARGE, key + " has more than " + limit + " bytes", null);
            }
            return Optional.of(content);
          }
        });
  }

  @Override
  public Optional<OldestVersion> getOldest(String key, int limit) {
    return get(key, limit)
        .flatMap(content ->
            head(key).map(head -> new OldestVersion(content, head.lastModified(), 1, false)));
  }

  @Override
  public Optional<ObjectHead> head(String key) {
    return call(
        "look at " + key,
        () -> {
          Path file = layout.file(key);
          return Files.isRegularFile(file)
              ? Optional.of(
                  new ObjectHead(
                      Files.size(file),
                      Optional.empty(),
                      "",
                      Files.getLastModifiedTime(file).toInstant()))
              : Optional.empty();
        });
  }

  @Override
  public List<ListedObject> list(String prefix) {
    return call(
        "list " + prefix,
        () -> {
          try (Stream<Path> files = visible(layout.folder(prefix))) {
            return files
                .filter(file -> layout.key(file).startsWith(prefix))
                .map(file -> listed(layout.key(file), file))
                .sorted(java.util.Comparator.comparing(ListedObject::key))
                .toList();
          }
        });
  }

  @Override
  public List<String> children(String prefix) {
    return call(
        "list " + prefix,
        () -> {
          try (Stream<Path> files = visible(layout.folder(prefix))) {
            return files
                .map(layout::key)
                .filter(key -> key.startsWith(prefix) && key.indexOf('/', prefix.length()) > 0)
                .map(key -> key.substring(prefix.length(), key.indexOf('/', prefix.length())))
                .distinct()
                .sorted()
                .toList();
          }
        });
  }

  @Override
  public InputStream openStream(String key, long offset, long length) {
    return call("read " + key, () -> FileRange.open(layout.file(key), offset, length));
  }

  @Override
  public String createUpload(String key) {
    layout.file(key);
    return call("start an upload of " + key, () -> uploads.create(key));
  }

  @Override
  public void putPart(String key, String uploadId, int number, byte[] content, String sha256) {
    call(
        "send a part of " + key,
        () -> {
          uploads.put(upload(key, uploadId), number, content, sha256);
          return true;
        });
  }

  @Override
  public SignedRequest presignPart(
      String key, String uploadId, int number, long length, String sha256, Duration ttl) {
    throw unsigned();
  }

  @Override
  public List<StoredPart> listParts(String key, String uploadId) {
    return call("list the parts of " + key, () -> uploads.parts(upload(key, uploadId)));
  }

  @Override
  public CompleteOutcome completeUpload(String key, String uploadId, List<StoredPart> parts) {
    return call(
        "complete " + key,
        () -> {
          Optional<Path> upload = uploads.find(key, uploadId);
          if (upload.isEmpty()) {
            return new CompleteOutcome.NoSuchUpload();
          }
          if (!create(key, out -> uploads.join(upload.get(), parts, out))) {
            return new CompleteOutcome.Exists();
          }
          uploads.delete(upload.get());
          return new CompleteOutcome.Completed();
        });
  }

  @Override
  public void abortUpload(String key, String uploadId) {
    call(
        "abort the upload of " + key,
        () -> {
          Optional<Path> upload = uploads.find(key, uploadId);
          if (upload.isPresent()) {
            uploads.delete(upload.get());
          }
          return true;
        });
  }

  @Override
  public List<OpenUpload> listUploads(String prefix) {
    return call("list uploads of " + prefix, () -> uploads.open(prefix));
  }

  @Override
  public SignedRequest presignGet(String key, Duration ttl) {
    throw unsigned();
  }

  @Override
  public void close() {}

  /// False if the key is taken. Its content is whole and on the disk before it has its name.
  private boolean create(String key, Durable.Content content) throws IOException {
    Path target = layout.file(key);
    if (Files.exists(target)) {
      return false;
    }
    Files.createDirectories(target.getParent());
    Path unfinished = Files.createDirectories(layout.scratch()).resolve(UUID.randomUUID() + ".new");
    try {
      Durable.write(unfinished, content);
      Durable.link(unfinished, target);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private Path upload(String key, String uploadId) throws IOException {
    return uploads
        .find(key, uploadId)
        .orElseThrow(
            () -> new StoreException(Kind.NOT_FOUND, "there is no upload of " + key, null));
  }

  private Stream<Path> visible(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    Predicate<Path> hidden = file -> file.startsWith(layout.scratch());
    return Files.walk(folder).filter(Files::isRegularFile).filter(hidden.negate());
  }

  private ListedObject listed(String key, Path file) {
    try {
      return new ListedObject(key, Files.size(file), Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      throw failure("list " + key, e);
    }
  }

  private interface Task<T> {
    T run() throws IOException;
  }

  private static <T> T call(String what, Task<T> task) {
    try {
      return task.run();
    } catch (IOException e) {
      throw failure(what, e);
    } catch (UncheckedIOException e) {
      throw failure(what, Objects.requireNonNull(e.getCause()));
    }
  }

  private static StoreException failure(String what, IOException e) {
    Kind kind =
        switch (e) {
          case NoSuchFileException _ -> Kind.NOT_FOUND;
          case AccessDeniedException _ -> Kind.DENIED;
          case NotDirectoryException _, FileAlreadyExistsException _ -> Kind.UNSUPPORTED;
          default ->
              String.valueOf(e.getMessage()).contains("No space") ? Kind.FULL : Kind.UNAVAILABLE;
        };
    return new StoreException(kind, "cannot %s: %s".formatted(what, e), e);
  }

  private static StoreException unsigned() {
    return new StoreException(
        Kind.UNSUPPORTED, "a directory has no signed requests: it is for the command line", null);
  }
}
