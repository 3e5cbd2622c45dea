package dev.muster.model;

/// A claim, or another volume that holds data, by the name people know it by.
///
/// @param kind `PersistentVolumeClaim`, `hostPath`, `emptyDir`, or `template` for a claim to come
public record VolumeRef(String kind, String namespace, String name, String uid) {
  public static VolumeRef claim(String namespace, String name, String uid) {
    return new VolumeRef("PersistentVolumeClaim", namespace, name, uid);
  }

  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
