package dev.muster.cluster;

/// A resource of the API, which may be somebody's custom one.
///
/// @param group empty for the core group
/// @param plural as in paths: `podvolumebackups`
public record GroupVersionResource(String group, String version, String plural) {

  /// `apps/v1`, or `v1` of the core group.
  public String groupVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// The path of its group and version, which tells what the server has of it.
  String root() {
    return (group.isEmpty() ? "/api/" : "/apis/") + groupVersion();
  }

  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
