package dev.muster.repository.s3;

import static dev.muster.repository.s3.S3Failures.code;
import static dev.muster.repository.s3.S3Failures.isConflict;

import dev.muster.repository.BackupStore;
import dev.muster.repository.CompleteOutcome;
import dev.muster.repository.ListedObject;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.PutOutcome;
import dev.muster.repository.SignedRequest;
import dev.muster.repository.Sizes;
import dev.muster.repository.StoreException;
import dev.muster.repository.StoredPart;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The store port over any S3 server. Retries nothing: wrap it in
/// [dev.muster.repository.RetryingBackupStore].
public final class S3BackupStore implements BackupStore {

  private final String bucket;
  private final S3Client small;
  private final S3Client data;
  private final S3Limits smallLimits;
  private final S3Limits dataLimits;
  private final S3Signing signing;
  private final S3Failures failures;
  private final S3Listing listing;

  private S3BackupStore(S3Settings settings, S3Limits smallLimits, S3Limits dataLimits) {
    this.bucket = settings.bucket();
    this.smallLimits = smallLimits;
    this.dataLimits = dataLimits;
    this.small = S3Connection.client(settings, smallLimits);
    this.data = S3Connection.client(settings, dataLimits);
    this.signing = new S3Signing(settings);
    this.failures = new S3Failures(settings);
    this.listing = new S3Listing(small, bucket, failures);
  }

  /// Connects to nothing yet: the first request does.
  public static S3BackupStore open(S3Settings settings) {
    return open(settings, S3Limits.SMALL, S3Limits.DATA);
  }

  static S3BackupStore open(S3Settings settings, S3Limits small, S3Limits data) {
    return new S3BackupStore(settings, small, data);
  }

  @Override
  public PutOutcome putIfAbsent(String key, byte[] content) {
    return failures.call(
        "create " + key,
        () -> {
          (content.length > Sizes.SMALL_OBJECT ? data : small)
              .putObject(
                  r ->
                      r.bucket(bucket)
                          .key(key)
                          .ifNoneMatch("*")
                          .contentLength((long) content.length),
                  RequestBody.fromBytes(content));
          return new PutOutcome.Created();
        },
        e -> isConflict(e) ? new PutOutcome.Exists() : null);
  }

  @Override
  public Optional<byte[]> get(String key, int limit) {
    return read(GetObjectRequest.builder().bucket(bucket).key(key).build(), limit);
  }

  @Override
  public Optional<OldestVersion> getOldest(String key, int limit) {
    Optional<S3Listing.Versions> found = listing.versions(key);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    S3Listing.Versions versions = found.get();
    var request = GetObjectRequest.builder().bucket(bucket).key(key);
    versions.oldestId().ifPresent(request::versionId);
    return read(request.build(), limit)
        .map(c -> new OldestVersion(c, versions.oldest(), versions.count(), versions.deleted()));
  }

  @Override
  public Optional<ObjectHead> head(String key) {
    return failures.call(
        "look at " + key,
        () ->
            Optional.of(
                head(
                    small.headObject(
                        r -> r.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED)))),
        e -> e.statusCode() == 404 ? Optional.empty() : null);
  }

  @Override
  public List<ListedObject> list(String prefix) {
    return listing.objects(prefix);
  }

  @Override
  public List<String> children(String prefix) {
    return listing.children(prefix);
  }

  @Override
  public InputStream openStream(String key, long offset, long length) {
    String last = length < 0 ? "" : String.valueOf(offset + length - 1);
    var request =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .range("bytes=" + offset + "-" + last)
            .build();
    return new ExactStream(
        failures.call("read " + key, () -> data.getObject(request)), Optional.empty());
  }

  @Override
  public String createUpload(String key) {
    return failures.call(
        "start an upload of " + key,
        () ->
            small
                .createMultipartUpload(
                    r -> r.bucket(bucket).key(key).checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId());
  }

  @Override
  public void putPart(String key, String uploadId, int number, byte[] content, String sha256) {
    var unused =
        failures.call(
            "send a part of " + key,
            () ->
                data.uploadPart(
                    r ->
                        r.bucket(bucket)
                            .key(key)
                            .uploadId(uploadId)
                            .partNumber(number)
                            .contentLength((long) content.length)
                            .checksumSHA256(Checksums.toBase64(sha256)),
                    RequestBody.fromBytes(content)));
  }

  @Override
  public SignedRequest presignPart(
      String key, String uploadId, int number, long length, String sha256, Duration ttl) {
    return signing.part(key, uploadId, number, length, sha256, ttl);
  }

  @Override
  public List<StoredPart> listParts(String key, String uploadId) {
    return listing.parts(key, uploadId);
  }

  @Override
  public CompleteOutcome completeUpload(String key, String uploadId, List<StoredPart> parts) {
    List<CompletedPart> completed = parts.stream().map(S3BackupStore::completed).toList();
    return failures.call(
        "complete " + key,
        () -> {
          data.completeMultipartUpload(r ->
              r.bucket(bucket)
                  .key(key)
                  .uploadId(uploadId)
                  .ifNoneMatch("*")
                  .multipartUpload(u -> u.parts(completed)));
          return new CompleteOutcome.Completed();
        },
        S3BackupStore::completionRefused);
  }

  @Override
  public void abortUpload(String key, String uploadId) {
    var unused =
        failures.call(
            "abort the upload of " + key,
            () -> {
              small.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(uploadId));
              return true;
            },
            e -> e.statusCode() == 404 ? true : null);
  }

  @Override
  public List<OpenUpload> listUploads(String prefix) {
    return listing.uploads(prefix);
  }

  @Override
  public SignedRequest presignGet(String key, Duration ttl) {
    return signing.get(key, ttl);
  }

  @Override
  public void close() {
    small.close();
    data.close();
    signing.close();
  }

  private Optional<byte[]> read(GetObjectRequest request, int limit) {
    Optional<ResponseInputStream<GetObjectResponse>> found =
        failures.call(
            "read " + request.key(),
            () -> Optional.of(small.getObject(request)),
            e ->
                code(e).equals("NoSuchKey") || code(e).equals("NoSuchVersion")
                    ? Optional.empty()
                    : null);
    return found.map(body -> bounded(request.key(), body, limit));
  }

  private byte[] bounded(String key, ResponseInputStream<GetObjectResponse> body, int limit) {
    try (InputStream exact = new ExactStream(body, Optional.of(time(body.response())))) {
      byte[] content = exact.readNBytes(limit + 1);
      if (content.length > limit) {
        body.abort();
        throw new StoreException(
            StoreException.Kind.TOO_LARGE, key + " has more than " + limit + " bytes", null);
      }
      return content;
    } catch (IOException e) {
      throw failures.cut("read " + key, e);
    }
  }

  /// A large entry of the journal is data to the line that brings it.
  private Duration time(GetObjectResponse response) {
    Long length = response.contentLength();
    boolean large = length == null || length > Sizes.SMALL_OBJECT;
    return (large ? dataLimits : smallLimits).whole();
  }

  private static @Nullable CompleteOutcome completionRefused(S3Exception e) {
    if (code(e).equals("NoSuchUpload")) {
      return new CompleteOutcome.NoSuchUpload();
    }
    return isConflict(e) ? new CompleteOutcome.Exists() : null;
  }

  private static ObjectHead head(HeadObjectResponse head) {
    return new ObjectHead(
        head.contentLength(),
        Checksums.toHex(head.checksumSHA256()),
        head.eTag(),
        head.lastModified());
  }

  private static CompletedPart completed(StoredPart part) {
    var completed = CompletedPart.builder().partNumber(part.number()).eTag(part.etag());
    part.sha256().map(Checksums::toBase64).ifPresent(completed::checksumSHA256);
    return completed.build();
  }
}
