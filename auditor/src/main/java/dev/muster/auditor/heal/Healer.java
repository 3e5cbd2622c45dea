package dev.muster.auditor.heal;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.run.RunPod;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Events;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.model.UserKeys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the managed annotations of workloads and of their running Pods right, in place: what
/// admission missed while it was away, and what only the namespace says. Only metadata under our
/// keys; nothing restarts.
public final class Healer {

  private static final Logger log = LoggerFactory.getLogger(Healer.class);

  private final Cluster cluster;
  private final Contracts contracts;
  private final PolicyRecognition policy;
  private final Events events;
  private final Scope scope;
  private final Pace pace;
  private final IntConsumer healed;

  /// @param healed hears the number of objects that were changed, for metrics
  public Healer(
      Cluster cluster,
      Contracts contracts,
      PolicyRecognition policy,
      Events events,
      Configuration configuration,
      Pace pace,
      IntConsumer healed) {
    this.cluster = cluster;
    this.contracts = contracts;
    this.policy = policy;
    this.events = events;
    this.scope = new Scope(configuration);
    this.pace = pace;
    this.healed = healed;
  }

  /// Looks at one workload and its Pods. Idempotent; an object that somebody else changes at the
  /// same time is left to the look that this change brings.
  public void consider(Workload workload, Namespace namespace, List<Pod> pods) {
    scope
        .covers(workload, namespace)
        .ifPresent(level -> consider(workload, level, namespace, pods));
  }

  private void consider(Workload workload, Level level, Namespace namespace, List<Pod> pods) {
    Map<String, String> ofNamespace =
        Objects.requireNonNullElse(namespace.getMetadata().getAnnotations(), Map.of());
    if (workload.ref().kind().equals("StatefulSet")) {
      policy
          .wanted(
              workload,
              level,
              UserKeys.of(ofNamespace, workload.annotations()),
              contracts.said(workload, ofNamespace))
          .ifPresent(wanted -> heal(workload.object(), wanted));
    }
    for (Pod pod : pods) {
      if (alive(pod)) {
        Map<String, String> own =
            Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
        policy
            .wanted(
                pod,
                level,
                UserKeys.of(ofNamespace, workload.annotations(), own),
                contracts.said(workload, ofNamespace, own))
            .ifPresent(wanted -> heal(pod, wanted));
      }
    }
  }

  private void heal(HasMetadata object, Map<String, String> wanted) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
    Remedy remedy = Remedy.of(annotations, wanted);
    if (remedy.isEmpty() || !pace.next()) {
      return;
    }
    ObjectName name = ObjectName.of(object);
    MetadataPatch patch =
        MetadataPatch.annotations(remedy.change())
            .onlyUid(object.getMetadata().getUid())
            .onlyVersion(object.getMetadata().getResourceVersion());
    try {
      var unused = cluster.patchMetadata(object.getClass(), name, patch);
      healed.accept(1);
      log.info("{} {} put right: {}", object.getKind(), name, remedy.words());
      if (!remedy.words().isEmpty()) {
        events.tell(
            object, Events.Type.NORMAL, "ContractSet", "set " + String.join(", ", remedy.words()));
      }
    } catch (ClusterException.Conflict | ClusterException.NotFound e) {
      log.debug("{} {} changed meanwhile", object.getKind(), name);
    } catch (ClusterException.Unreachable e) {
      throw e; // nothing is known: the next look tries again
    } catch (ClusterException e) {
      log.warn("{} {} was not put right: {}", object.getKind(), name, e.getMessage());
    }
  }

  private static boolean alive(Pod pod) {
    Optional<String> phase = Optional.ofNullable(pod.getStatus()).map(status -> status.getPhase());
    boolean runs = phase.filter(p -> p.equals("Running") || p.equals("Pending")).isPresent();
    boolean ours =
        pod.getMetadata().getLabels() != null
            && pod.getMetadata().getLabels().containsKey(RunPod.ROLE);
    return runs && !ours && pod.getMetadata().getDeletionTimestamp() == null;
  }
}
