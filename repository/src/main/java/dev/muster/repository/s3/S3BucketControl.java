package dev.muster.repository.s3;

import static dev.muster.repository.s3.S3Failures.code;

import dev.muster.repository.StoreException;
import dev.muster.repository.probe.Attempt;
import dev.muster.repository.probe.BucketControl;
import dev.muster.repository.probe.BucketSetting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.Md5Utils;

/// Asks a bucket what a probe wants to know.
public final class S3BucketControl implements BucketControl {

  private final String bucket;
  private final S3Client client;
  private final S3Failures failures;
  private final S3Listing listing;
  private final S3Document document;

  private S3BucketControl(S3Settings settings) {
    this.bucket = settings.bucket();
    this.client = S3Connection.client(settings, S3Limits.SMALL);
    this.failures = new S3Failures(settings);
    this.listing = new S3Listing(client, bucket, failures);
    this.document = new S3Document(settings, failures);
  }

  /// Connects to nothing yet.
  public static S3BucketControl open(S3Settings settings) {
    return new S3BucketControl(settings);
  }

  @Override
  public void overwrite(String key, byte[] content) {
    var unused =
        failures.call(
            "overwrite " + key,
            () -> client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content)));
  }

  @Override
  public boolean versioned() {
    return failures.call(
        "read the bucket's versioning",
        () ->
            client.getBucketVersioning(r -> r.bucket(bucket)).status()
                == BucketVersioningStatus.ENABLED);
  }

  @Override
  public boolean lockable() {
    return failures.call(
        "read the bucket's lock",
        () ->
            client
                    .getObjectLockConfiguration(r -> r.bucket(bucket))
                    .objectLockConfiguration()
                    .objectLockEnabled()
                == ObjectLockEnabled.ENABLED,
        e -> code(e).equals("ObjectLockConfigurationNotFoundError") ? false : null);
  }

  /// With a digest of the bytes: AWS locks none without one.
  @Override
  public Version putLocked(String key, byte[] content, Instant until) {
    return failures.call(
        "lock " + key,
        () -> {
          String version =
              client
                  .putObject(
                      r ->
                          r.bucket(bucket)
                              .key(key)
                              .contentMD5(Md5Utils.md5AsBase64(content))
                              .objectLockMode(ObjectLockMode.COMPLIANCE)
                              .objectLockRetainUntilDate(until),
                      RequestBody.fromBytes(content))
                  .versionId();
          return new Version(key, Optional.ofNullable(version), until);
        });
  }

  @Override
  public Optional<Instant> lockedUntil(Version version) {
    return failures.call(
        "read the lock of " + version.key(),
        () -> {
          var retention =
              client
                  .getObjectRetention(
                      r -> r.bucket(bucket).key(version.key()).versionId(id(version)))
                  .retention();
          return retention.mode() == ObjectLockRetentionMode.COMPLIANCE
              ? Optional.of(retention.retainUntilDate())
              : Optional.empty();
        },
        e -> e.statusCode() == 404 ? Optional.empty() : null);
  }

  @Override
  public Attempt shorten(Version version, Instant until) {
    return failures.call(
        "shorten the lock of " + version.key(),
        () -> {
          client.putObjectRetention(r ->
              r.bucket(bucket)
                  .key(version.key())
                  .versionId(id(version))
                  .retention(
                      l -> l.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until)));
          return new Attempt.Done();
        },
        S3BucketControl::refused);
  }

  @Override
  public Attempt delete(Version version, boolean bypass) {
    return failures.call(
        "delete " + version.key(),
        () -> {
          client.deleteObject(r -> {
            r.bucket(bucket).key(version.key()).versionId(id(version));
            if (bypass) {
              r.bypassGovernanceRetention(true);
            }
          });
          return new Attempt.Done();
        },
        S3BucketControl::refused);
  }

  /// A store that keeps no versions may not list them either.
  @Override
  public List<Version> versions(String prefix) {
    try {
      return listing.allVersions(prefix);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNSUPPORTED) {
        throw e;
      }
      return listing.objects(prefix).stream()
          .map(o -> new Version(o.key(), Optional.empty(), o.lastModified()))
          .toList();
    }
  }

  @Override
  public Attempt change(BucketSetting setting) {
    return document.put(
        switch (setting) {
          case VERSIONING -> "versioning";
          case LOCK -> "object-lock";
          case POLICY -> "policy";
          case LIFECYCLE -> "lifecycle";
        });
  }

  @Override
  public void close() {
    client.close();
    document.close();
  }

  private static @Nullable String id(Version version) {
    return version.id().orElse(null);
  }

  /// Most servers refuse what is locked with 403, MinIO with 400 and the code of any bad request.
  private static @Nullable Attempt refused(S3Exception e) {
    String said = "%d %s".formatted(e.statusCode(), code(e));
    boolean locked = e.statusCode() == 400 && code(e).equals("InvalidRequest");
    if (e.statusCode() == 401 || e.statusCode() == 403 || locked) {
      return new Attempt.Refused(said);
    }
    return e.statusCode() < 500 ? new Attempt.Judged(said) : null;
  }
}
