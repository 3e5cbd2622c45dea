package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Deletion;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// One Job of a restore and its one Pod. Closing deletes both: no Pod of ours outlives the command.
final class RestoreJob implements AutoCloseable {
  private static final Duration APPEARS = Duration.ofMinutes(1);
  private static final int KEPT_SECONDS = 600;

  private final Cluster cluster;
  private final ObjectName name;

  private RestoreJob(Cluster cluster, ObjectName name) {
    this.cluster = cluster;
    this.name = name;
  }

  static RestoreJob create(
      Cluster cluster, ObjectName name, Map<String, String> labels, PodSpec spec) {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withNamespace(name.namespace())
            .withName(name.name())
            .withLabels(labels)
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(0)
            .withActiveDeadlineSeconds(spec.getActiveDeadlineSeconds())
            .withTtlSecondsAfterFinished(KEPT_SECONDS)
            .withNewTemplate()
            .withNewMetadata()
            .withLabels(labels)
            .endMetadata()
            .withSpec(spec)
            .endTemplate()
            .endSpec()
            .build();
    whole(() -> cluster.create(job));
    return new RestoreJob(cluster, name);
  }

  /// Makes a call that an interrupt does not cut: afterwards it is certain whether the Job exists.
  private static void whole(Callable<?> call) {
    FutureTask<?> task = new FutureTask<>(call);
    Thread.startVirtualThread(task);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof RuntimeException cause
              ? cause
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// The Job's Pod, or why there is none.
  Optional<ObjectName> pod() {
    cluster.await(Job.class, name, RestoreJob::begun, APPEARS);
    return pods().stream().findFirst().map(ObjectName::of);
  }

  private static boolean begun(Optional<Job> seen) {
    if (seen.isEmpty() || seen.get().getStatus() == null) {
      return seen.isEmpty();
    }
    JobStatus status = seen.get().getStatus();
    return count(status.getActive()) + count(status.getFailed()) + count(status.getSucceeded()) > 0;
  }

  private static int count(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  @Override
  public void close() {
    // An interrupted command must still clean up after itself.
    boolean interrupted = Thread.interrupted();
    try {
      cluster.delete(Job.class, name, Deletion.at(Duration.ofSeconds(5)));
    } catch (ClusterException e) {
      throw new LeftoverException(
          "Job %s could not be deleted, delete it: %s".formatted(name, e.getMessage()), e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private List<Pod> pods() {
    return cluster.list(
        Pod.class,
        Query.in(String.valueOf(name.namespace()))
            .label("batch.kubernetes.io/job-name", name.name()));
  }
}
