package dev.muster.repository.probe;

/// What a bucket's administrator sets, and a credential that only writes backups must not.
public enum BucketSetting {
  VERSIONING,
  LOCK,
  POLICY,
  LIFECYCLE
}
