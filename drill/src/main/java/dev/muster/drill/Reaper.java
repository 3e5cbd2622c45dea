package dev.muster.drill;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Deletion;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the namespaces that drills left behind: each carries the instant after which nobody can
/// still be using it. One whose instant cannot be read is removed too.
final class Reaper {
  private static final Logger log = LoggerFactory.getLogger(Reaper.class);

  private final Cluster cluster;
  private final InstantSource clock;

  Reaper(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  void reap() {
    Query drills = Query.all().label(SandboxObjects.NAMESPACE_ROLE, SandboxObjects.NAMESPACE_DRILL);
    for (Namespace namespace : cluster.list(Namespace.class, drills)) {
      if (expired(namespace)) {
        remove(namespace);
      }
    }
  }

  private void remove(Namespace namespace) {
    ObjectName name = ObjectName.of(namespace);
    log.warn("namespace {} outlived its drill: removing it", name);
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
    if (namespace.getMetadata().getDeletionTimestamp() != null) {
      return false;
    }
    try {
      return expires == null || Instant.parse(expires).isBefore(clock.instant());
    } catch (DateTimeException _) {
      return true;
    }
  }
}
