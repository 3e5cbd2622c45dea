package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits for what a Pod comes to, within limits.
public final class PodFollower {
  private final Cluster cluster;
  private final Limits limits;

  /// @param start until the Pod runs; a cluster without room is told after this, not after an hour
  /// @param end until all its containers have ended
  /// @param rest for the other containers after one has failed
  public record Limits(Duration start, Duration end, Duration rest) {
    public static Limits of(Duration end) {
      return new Limits(Duration.ofMinutes(2), end, Duration.ofSeconds(20));
    }
  }

  public PodFollower(Cluster cluster, Limits limits) {
    this.cluster = cluster;
    this.limits = limits;
  }

  /// Returns once the Pod runs or has ended; otherwise what held it up.
  public PodState started(ObjectName pod) {
    PodState seen = await(pod, state -> !waiting(state), limits.start());
    return switch (seen) {
      case PodState.Pending _ ->
          new PodState.Stuck("Pod " + pod + " did not start within " + limits.start());
      case PodState.Stuck _, PodState.Running _, PodState.Ended _, PodState.Lost _ -> seen;
    };
  }

  /// Returns once the Pod is ready or can no longer become so.
  public PodState ready(ObjectName pod, Duration limit) {
    return await(
        pod,
        state ->
            switch (state) {
              case PodState.Pending _, PodState.Stuck _ -> false;
              case PodState.Running running -> running.ready() || failed(running);
              case PodState.Ended _, PodState.Lost _ -> true;
            },
        limit);
  }

  /// Returns once every container has ended. After the first failure the others get a short rest;
  /// those that still run then are missing from the answer.
  public PodState ended(ObjectName pod) {
    PodState seen =
        await(
            pod,
            state ->
                switch (state) {
                  case PodState.Pending _, PodState.Stuck _ -> false;
                  case PodState.Running running -> failed(running);
                  case PodState.Ended _, PodState.Lost _ -> true;
                },
            limits.end());
    if (seen instanceof PodState.Running running) {
      if (!failed(running)) {
        return new PodState.Lost("Pod " + pod + " did not end within " + limits.end());
      }
      seen = await(pod, state -> !(state instanceof PodState.Running), limits.rest());
    }
    return switch (seen) {
      case PodState.Running running -> new PodState.Ended(running.ended());
      case PodState.Pending _ -> new PodState.Lost("Pod " + pod + " runs no longer");
      case PodState.Stuck _, PodState.Ended _, PodState.Lost _ -> seen;
    };
  }

  private PodState await(ObjectName pod, Predicate<PodState> wanted, Duration limit) {
    Optional<Pod> seen = cluster.await(Pod.class, pod, now -> wanted.test(PodState.of(now)), limit);
    return PodState.of(seen);
  }

  private static boolean waiting(PodState state) {
    return state instanceof PodState.Pending || state instanceof PodState.Stuck;
  }

  private static boolean failed(PodState.Running running) {
    return running.ended().stream().anyMatch(end -> !end.succeeded());
  }
}
