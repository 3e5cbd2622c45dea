package dev.muster.drill;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Deletion;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.model.DrillNamespace;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the namespaces that drills left behind. Each carries the instant after which nobody can
/// still be using it; one whose instant cannot be read is removed too.
final class Reaper {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private final Cluster cluster;
  private final InstantSource clock;

  Reaper(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  /// Those whose time is over.
  void reap() {
    drills().filter(this::expired).forEach(this::remove);
  }

  /// All: for a new leader, whose predecessor's drill ends with its namespace and is run again.
  void reapAll() {
    drills().forEach(this::remove);
  }

  private Stream<Namespace> drills() {
    Query drills = Query.all().label(SandboxObjects.NAMESPACE_ROLE, SandboxObjects.NAMESPACE_DRILL);
    return cluster.list(Namespace.class, drills).stream()
        .filter(namespace -> namespace.getMetadata().getName().startsWith(DrillNamespace.PREFIX))
        .filter(namespace -> namespace.getMetadata().getDeletionTimestamp() == null);
  }

  private void remove(Namespace namespace) {
    ObjectName name = ObjectName.of(namespace);
    log.warn("namespace {} is left of a drill: removing it", name);
    try {
      cluster.delete(
          Namespace.class, name, Deletion.plain().onlyUid(namespace.getMetadata().getUid()));
    } catch (ClusterException e) {
      log.warn("namespace {} could not be removed: {}", name, e.getMessage());
    }
  }

  private boolean expired(Namespace namespace) {
    Map<String, String> annotations = namespace.getMetadata().getAnnotations();
    String expires = annotations == null ? null : annotations.get(SandboxObjects.EXPIRES);
    try {
      return expires == null || Instant.parse(expires).isBefore(clock.instant());
    } catch (DateTimeException _) {
      return true;
    }
  }
}
