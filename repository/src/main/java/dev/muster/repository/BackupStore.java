package dev.muster.repository;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The object store as Muster needs it: conditional creation, reading with bounds, multipart
/// uploads whose parts someone else sends through signed URLs.
///
/// Every method may be called from any thread. Every method throws [StoreException] when the store
/// cannot be asked or refuses; the exception says whether asking again makes sense. An exception
/// from a writing method means *unknown*, never *not written*: read back before anything else. No
/// method retries by itself; the retrying decorator does. Digests are lower-case hex.
public interface BackupStore extends AutoCloseable {

  /// Creates a small object if the key is free; above 256 KiB some stores end the connection of a
  /// refused request early, so that only reading back says what happened. Exactly one of several
  /// concurrent callers gets [PutOutcome.Created]. Retry: only through [Commit], since a lost
  /// answer and a lost race look alike.
  PutOutcome putIfAbsent(String key, byte[] content);

  /// The newest content, or empty if there is none. Reads at most `limit` bytes and throws
  /// [StoreException.Kind#TOO_LARGE] when the object is larger. Retry: safe.
  Optional<byte[]> get(String key, int limit);

  /// The oldest version of a key with how many versions and whether a delete marker exist: what
  /// readers of manifests take, so that a later overwrite cannot replace a commit. A store without
  /// versioning has one version. Empty only if no version is left. Retry: safe.
  Optional<OldestVersion> getOldest(String key, int limit);

  /// Size, checksum and age of an object, or empty. Retry: safe.
  Optional<ObjectHead> head(String key);

  /// All objects whose key starts with `prefix`, in the order of their keys. May lag behind writes:
  /// a listing alone decides nothing. Objects that only a delete marker hides are not listed.
  /// Retry: safe.
  List<ListedObject> list(String prefix);

  /// The direct children of a folder: the next path segments below `prefix`, which ends with `/`.
  /// May lag like [#list]. Hidden versions count, so a deleted manifest is still found. Retry:
  /// safe.
  List<String> children(String prefix);

  /// Opens a stream on `length` bytes from `offset`; `length` -1 reads to the end. The caller
  /// closes it. A stream that ends early throws an IOException from `read`, it never looks like the
  /// end. Throws [StoreException.Kind#NOT_FOUND] if the key is absent. Retry: safe, from a new
  /// offset.
  InputStream openStream(String key, long offset, long length);

  /// Starts a multipart upload and returns its id. Nothing is visible at the key until it is
  /// completed. Retry: leaves an orphan upload, which a sweep aborts.
  String createUpload(String key);

  /// Sends one part, numbered from 1 to 10000, with the store's own credential; the store refuses
  /// bytes that are not of this SHA-256 where it looks. Retry: safe with the same bytes.
  void putPart(String key, String uploadId, int number, byte[] content, String sha256);

  /// A request for one part that its holder can send without a credential: number (1..10000),
  /// length and SHA-256 are signed into it. Computed locally, contacts nobody. Throws
  /// [StoreException.Kind#UNSUPPORTED] where a store has no such requests.
  SignedRequest presignPart(
      String key, String uploadId, int number, long length, String sha256, Duration ttl);

  /// The parts the store holds for this upload, in order of their numbers. Throws
  /// [StoreException.Kind#NOT_FOUND] if the upload was completed or aborted. Retry: safe.
  List<StoredPart> listParts(String key, String uploadId);

  /// Makes the object of exactly these parts, if the key is free. [CompleteOutcome.Completed] says
  /// only that the store answered so: [#head] decides. Completing again may answer any of the
  /// outcomes and changes nothing. An unknown answer is an exception; retry after [#head] says the
  /// object is absent.
  CompleteOutcome completeUpload(String key, String uploadId, List<StoredPart> parts);

  /// Aborts an upload and forgets its parts. An upload that is already gone is no failure. Retry:
  /// safe.
  void abortUpload(String key, String uploadId);

  /// Uploads below `prefix` that were neither completed nor aborted. Retry: safe.
  List<OpenUpload> listUploads(String prefix);

  /// A request that reads the object without a credential. Computed locally, contacts nobody.
  SignedRequest presignGet(String key, Duration ttl);

  /// Releases connections. Uploads stay as they are: closing never commits.
  @Override
  void close();
}
