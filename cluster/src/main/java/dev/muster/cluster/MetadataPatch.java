package dev.muster.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A merge patch of annotations and labels and of nothing else; a null value removes the key.
///
/// With a `uid` it fails with `Conflict` where another object has taken the name meanwhile; with a
/// `resourceVersion` also where the object has changed.
public record MetadataPatch(
    Map<String, @Nullable String> annotations,
    Map<String, @Nullable String> labels,
    @Nullable String uid,
    @Nullable String resourceVersion) {

  public MetadataPatch {
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  public static MetadataPatch annotations(Map<String, @Nullable String> annotations) {
    return new MetadataPatch(annotations, Map.of(), null, null);
  }

  public static MetadataPatch labels(Map<String, @Nullable String> labels) {
    return new MetadataPatch(Map.of(), labels, null, null);
  }

  public MetadataPatch onlyUid(@Nullable String expected) {
    return new MetadataPatch(annotations, labels, expected, resourceVersion);
  }

  public MetadataPatch onlyVersion(@Nullable String expected) {
    return new MetadataPatch(annotations, labels, uid, expected);
  }

  public boolean isEmpty() {
    return annotations.isEmpty() && labels.isEmpty();
  }
}
