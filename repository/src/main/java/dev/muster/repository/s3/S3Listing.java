package dev.muster.repository.s3;

import dev.muster.repository.ListedObject;
import dev.muster.repository.OpenUpload;
import dev.muster.repository.StoredPart;
import dev.muster.repository.probe.BucketControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/// Everything that comes in pages.
final class S3Listing {

  /// No honest listing of ours has as many; a store that repeats a page ends here.
  private static final int MAX_PAGES = 100_000;

  private final S3Client client;
  private final String bucket;
  private final S3Failures failures;

  S3Listing(S3Client client, String bucket, S3Failures failures) {
    this.client = client;
    this.bucket = bucket;
    this.failures = failures;
  }

  /// All versions of one key; `oldestId` is empty where the store keeps only one.
  record Versions(Optional<String> oldestId, Instant oldest, int count, boolean deleted) {}

  List<ListedObject> objects(String prefix) {
    return failures.call(
        "list " + prefix,
        () ->
            client.listObjectsV2Paginator(r -> r.bucket(bucket).prefix(prefix)).stream()
                .limit(MAX_PAGES)
                .flatMap(page -> page.contents().stream())
                .map(o -> new ListedObject(o.key(), o.size(), o.lastModified()))
                .sorted(Comparator.comparing(ListedObject::key))
                .toList());
  }

  List<String> children(String prefix) {
    TreeSet<String> folders = new TreeSet<>();
    for (ListObjectVersionsResponse page : versionPages(prefix, Optional.of("/"))) {
      page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(folders::add);
    }
    return folders.stream()
        .map(folder -> folder.substring(prefix.length(), folder.length() - 1))
        .toList();
  }

  Optional<Versions> versions(String key) {
    List<ObjectVersion> versions = new ArrayList<>();
    boolean deleted = false;
    for (ListObjectVersionsResponse page : versionPages(key, Optional.empty())) {
      page.versions().stream().filter(v -> v.key().equals(key)).forEach(versions::add);
      deleted |= page.deleteMarkers().stream().anyMatch(m -> m.key().equals(key));
    }
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    // The versions of a key come newest first.
    ObjectVersion oldest = versions.getLast();
    Optional<String> id =
        Optional.ofNullable(oldest.versionId()).filter(v -> !v.isEmpty() && !v.equals("null"));
    return Optional.of(new Versions(id, oldest.lastModified(), versions.size(), deleted));
  }

  List<StoredPart> parts(String key, String uploadId) {
    return failures.call(
        "list the parts of " + key,
        () ->
            client.listPartsPaginator(r -> r.bucket(bucket).key(key).uploadId(uploadId)).stream()
                .limit(MAX_PAGES)
                .flatMap(page -> page.parts().stream())
                .map(p ->
                    new StoredPart(
                        p.partNumber(), p.size(), p.eTag(), Checksums.toHex(p.checksumSHA256())))
                .sorted(Comparator.comparingInt(StoredPart::number))
                .toList());
  }

  /// MinIO finds uploads of a whole key or of the whole bucket, never those of a folder.
  List<OpenUpload> uploads(String prefix) {
    List<OpenUpload> asked = uploadsAsListed(prefix);
    return asked.isEmpty() && !prefix.isEmpty()
        ? uploadsAsListed("").stream().filter(u -> u.key().startsWith(prefix)).toList()
        : asked;
  }

  private List<OpenUpload> uploadsAsListed(String prefix) {
    return failures.call(
        "list uploads of " + prefix,
        () ->
            client.listMultipartUploadsPaginator(r -> r.bucket(bucket).prefix(prefix)).stream()
                .limit(MAX_PAGES)
                .flatMap(page -> page.uploads().stream())
                .map(u -> new OpenUpload(u.key(), u.uploadId(), u.initiated()))
                .toList());
  }

  /// Everything that a delete of a version may name.
  List<BucketControl.Version> allVersions(String prefix) {
    List<BucketControl.Version> all = new ArrayList<>();
    for (ListObjectVersionsResponse page : versionPages(prefix, Optional.empty())) {
      page.versions().forEach(v -> all.add(version(v.key(), v.versionId(), v.lastModified())));
      page.deleteMarkers().forEach(m -> all.add(version(m.key(), m.versionId(), m.lastModified())));
    }
    return all;
  }

  private static BucketControl.Version version(String key, @Nullable String id, Instant written) {
    return new BucketControl.Version(
        key, Optional.ofNullable(id).filter(v -> !v.isEmpty()), written);
  }

  private List<ListObjectVersionsResponse> versionPages(String prefix, Optional<String> delimiter) {
    return failures.call(
        "list versions of " + prefix,
        () ->
            client
                .listObjectVersionsPaginator(r -> {
                  r.bucket(bucket).prefix(prefix);
                  delimiter.ifPresent(r::delimiter);
                })
                .stream()
                .limit(MAX_PAGES)
                .toList());
  }
}
