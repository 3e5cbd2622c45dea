package dev.muster.repository.probe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a probe asks of a bucket besides what every backup does, with the same credential. Methods
/// throw [dev.muster.repository.StoreException] as those of the store do; none retries.
public interface BucketControl extends AutoCloseable {

  /// One version of an object, or the mark of its deletion.
  ///
  /// @param id empty where the bucket keeps no versions
  record Version(String key, Optional<String> id, Instant written) {}

  /// Writes an object, whatever is there.
  void overwrite(String key, byte[] content);

  /// Whether the bucket says that it keeps versions.
  boolean versioned();

  /// Whether the bucket says that its objects can be locked.
  boolean lockable();

  /// Creates an object that nobody may delete before `until`.
  Version putLocked(String key, byte[] content, Instant until);

  /// Until when nobody may delete a version; empty where it is not locked so.
  Optional<Instant> lockedUntil(Version version);

  /// Asks for an earlier end of a lock.
  Attempt shorten(Version version, Instant until);

  /// Deletes one version for good.
  ///
  /// @param bypass says that a lock is to be passed over, if the credential may do that
  Attempt delete(Version version, boolean bypass);

  /// Everything below a folder, marks of deletion too.
  List<Version> versions(String prefix);

  /// Asks for a change of a setting with a document that says nothing, so that no store can carry
  /// it out: whether the right or the document is refused tells if the credential might do it.
  Attempt change(BucketSetting setting);

  @Override
  void close();
}
