package dev.muster.repository.memory;

import dev.muster.repository.BackupStore;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.Digests;
import dev.muster.repository.ListedObject;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.PutOutcome;
import dev.muster.repository.SignedRequest;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoredPart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A versioned bucket in memory. Signed requests are answered by [#send].
public final class MemoryBackupStore implements BackupStore {

  private record Version(byte @Nullable [] content, Instant created, Optional<String> checksum) {}

  private record Upload(String key, Instant initiated, TreeMap<Integer, byte[]> parts) {}

  private final TreeMap<String, List<Version>> objects = new TreeMap<>();
  private final TreeMap<String, Upload> uploads = new TreeMap<>();
  private final Map<URI, Grant> grants = new TreeMap<>();
  private final InstantSource clock;

  private record Grant(
      String key, String uploadId, int part, long length, String sha256, Instant expires) {}

  public MemoryBackupStore(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized PutOutcome putIfAbsent(String key, byte[] content) {
    if (current(key).isPresent()) {
      return new PutOutcome.Exists();
    }
    overwrite(key, content);
    return new PutOutcome.Created();
  }

  /// Writes without condition: what a holder of the credential could do.
  public synchronized void overwrite(String key, byte[] content) {
    add(key, content.clone(), Optional.empty());
  }

  /// Puts a delete marker: what a holder of the credential could do.
  public synchronized void delete(String key) {
    add(key, null, Optional.empty());
  }

  @Override
  public synchronized Optional<byte[]> get(String key, int limit) {
    return current(key).map(version -> bounded(key, content(version), limit));
  }

  @Override
  public synchronized Optional<OldestVersion> getOldest(String key, int limit) {
    List<Version> all = objects.getOrDefault(key, List.of());
    List<Version> written = all.stream().filter(v -> v.content() != null).toList();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Version first = written.getFirst();
    return Optional.of(
        new OldestVersion(
            bounded(key, content(first), limit),
            first.created(),
            written.size(),
            written.size() < all.size()));
  }

  @Override
  public synchronized Optional<ObjectHead> head(String key) {
    return current(key)
        .map(v ->
            new ObjectHead(
                content(v).length,
                v.checksum(),
                "\"" + Digests.sha256(content(v)) + "\"",
                v.created()));
  }

  @Override
  public synchronized List<ListedObject> list(String prefix) {
    return objects.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .flatMap(key ->
            current(key).stream().map(v -> new ListedObject(key, content(v).length, v.created())))
        .toList();
  }

  @Override
  public synchronized List<String> children(String prefix) {
    TreeSet<String> names = new TreeSet<>();
    for (String key : objects.keySet()) {
      int slash = key.startsWith(prefix) ? key.indexOf('/', prefix.length()) : -1;
      if (slash > 0) {
        names.add(key.substring(prefix.length(), slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized InputStream openStream(String key, long offset, long length) {
    byte[] all = content(current(key).orElseThrow(() -> notFound("object " + key)));
    long end = length < 0 ? all.length : Math.min(all.length, offset + length);
    return new ByteArrayInputStream(Arrays.copyOfRange(all, (int) offset, (int) end));
  }

  @Override
  public synchronized String createUpload(String key) {
    String id = UUID.randomUUID().toString();
    uploads.put(id, new Upload(key, clock.instant(), new TreeMap<>()));
    return id;
  }

  @Override
  public synchronized void putPart(
      String key, String uploadId, int number, byte[] content, String sha256) {
    Upload upload = upload(key, uploadId).orElseThrow(() -> notFound("upload of " + key));
    if (!Digests.sha256(content).equals(sha256)) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED, "part " + number + " has another digest", null);
    }
    upload.parts().put(number, content.clone());
  }

  @Override
  public synchronized SignedRequest presignPart(
      String key, String uploadId, int number, long length, String sha256, Duration ttl) {
    return grant(new Grant(key, uploadId, number, length, sha256, clock.instant().plus(ttl)));
  }

  @Override
  public synchronized SignedRequest presignGet(String key, Duration ttl) {
    return grant(new Grant(key, "", 0, 0, "", clock.instant().plus(ttl)));
  }

  /// What a server would answer to a PUT of `body` by this request: an HTTP status.
  public synchronized int send(SignedRequest request, byte[] body) {
    Grant grant = grants.get(request.url());
    if (grant == null || !clock.instant().isBefore(grant.expires())) {
      return 403;
    }
    if (body.length != grant.length() || !Digests.sha256(body).equals(grant.sha256())) {
      return 400;
    }
    if (upload(grant.key(), grant.uploadId()).isEmpty()) {
      return 404;
    }
    putPart(grant.key(), grant.uploadId(), grant.part(), body, grant.sha256());
    return 200;
  }

  @Override
  public synchronized List<StoredPart> listParts(String key, String uploadId) {
    List<StoredPart> parts = new ArrayList<>();
    upload(key, uploadId)
        .orElseThrow(() -> notFound("upload of " + key))
        .parts()
        .forEach((number, bytes) -> parts.add(part(number, bytes)));
    return List.copyOf(parts);
  }

  @Override
  public synchronized CompleteOutcome completeUpload(
      String key, String uploadId, List<StoredPart> parts) {
    Optional<Upload> found = upload(key, uploadId);
    if (found.isEmpty()) {
      return new CompleteOutcome.NoSuchUpload();
    }
    if (current(key).isPresent()) {
      return new CompleteOutcome.Exists();
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (StoredPart part : parts) {
      byte[] bytes = found.get().parts().get(part.number());
      if (bytes == null || !part(part.number(), bytes).etag().equals(part.etag())) {
        throw new StoreException(
            StoreException.Kind.UNSUPPORTED, "no such part: " + part.number(), null);
      }
      joined.writeBytes(bytes);
    }
    List<String> digests = parts.stream().map(p -> p.sha256().orElseThrow()).toList();
    add(key, joined.toByteArray(), Optional.of(Digests.composite(digests)));
    uploads.remove(uploadId);
    return new CompleteOutcome.Completed();
  }

  @Override
  public synchronized void abortUpload(String key, String uploadId) {
    if (upload(key, uploadId).isPresent()) {
      uploads.remove(uploadId);
    }
  }

  @Override
  public synchronized List<OpenUpload> listUploads(String prefix) {
    List<OpenUpload> open = new ArrayList<>();
    uploads.forEach((id, upload) -> {
      if (upload.key().startsWith(prefix)) {
        open.add(new OpenUpload(upload.key(), id, upload.initiated()));
      }
    });
    return List.copyOf(open);
  }

  @Override
  public void close() {}

  private void add(String key, byte @Nullable [] content, Optional<String> checksum) {
    objects
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(new Version(content, clock.instant(), checksum));
  }

  private Optional<Version> current(String key) {
    List<Version> versions = objects.getOrDefault(key, List.of());
    return versions.isEmpty()
        ? Optional.empty()
        : Optional.of(versions.getLast()).filter(v -> v.content() != null);
  }

  private Optional<Upload> upload(String key, String uploadId) {
    return Optional.ofNullable(uploads.get(uploadId)).filter(u -> u.key().equals(key));
  }

  private SignedRequest grant(Grant grant) {
    URI url = URI.create("memory://store/" + grant.key() + "?grant=" + UUID.randomUUID());
    grants.put(url, grant);
    return new SignedRequest(url, Map.of(), grant.expires());
  }

  private static byte[] content(Version version) {
    byte[] content = version.content();
    if (content == null) {
      throw new IllegalStateException("a delete marker has no content");
    }
    return content;
  }

  private static byte[] bounded(String key, byte[] content, int limit) {
    if (content.length > limit) {
      throw new StoreException(
          StoreException.Kind.TOO_LARGE, key + " has more than " + limit + " bytes", null);
    }
    return content.clone();
  }

  private static StoredPart part(int number, byte[] bytes) {
    String digest = Digests.sha256(bytes);
    return new StoredPart(number, bytes.length, "\"" + digest + "\"", Optional.of(digest));
  }

  private static StoreException notFound(String what) {
    return new StoreException(StoreException.Kind.NOT_FOUND, "there is no " + what, null);
  }
}
