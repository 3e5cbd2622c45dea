package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which objects of a kind: all, those of one namespace, with labels, or one by name.
public record Query(@Nullable String namespace, Map<String, String> labels, @Nullable String name) {

  public Query {
    labels = Map.copyOf(labels);
  }

  public static Query all() {
    return new Query(null, Map.of(), null);
  }

  public static Query in(String namespace) {
    return new Query(namespace, Map.of(), null);
  }

  public static Query only(ObjectName name) {
    return new Query(name.namespace(), Map.of(), name.name());
  }

  public Query label(String key, String value) {
    Map<String, String> more = new TreeMap<>(labels);
    more.put(key, value);
    return new Query(namespace, more, name);
  }

  /// Whether this query would return the object.
  public boolean matches(HasMetadata object) {
    var metadata = object.getMetadata();
    Map<String, String> own = metadata.getLabels() == null ? Map.of() : metadata.getLabels();
    return (namespace == null || namespace.equals(metadata.getNamespace()))
        && (name == null || name.equals(metadata.getName()))
        && labels.entrySet().stream()
            .allMatch(l -> Objects.equals(own.get(l.getKey()), l.getValue()));
  }
}
