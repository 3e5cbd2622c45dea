package dev.muster.drill;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.drill.Finding.Fails;
import dev.muster.drill.Finding.Holds;
import dev.muster.drill.Finding.Unclear;
import dev.muster.repository.Pause;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.Ticket;
import dev.muster.restore.ContainerEnd;
import dev.muster.restore.Handover;
import dev.muster.restore.PodFollower;
import dev.muster.restore.PodState;
import dev.muster.restore.ProbeOutcome;
import dev.muster.restore.ProbeStep;
import dev.muster.restore.RestoreVerdict;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// A sandbox that is a namespace of the cluster.
final class ClusterSandbox implements Sandbox {
  private static final Duration ACCESS = Duration.ofSeconds(20);
  private static final Duration GONE = Duration.ofMinutes(3);

  /// The exit code by which `mover beacon` says that somebody answered.
  private static final int NOT_ISOLATED = 3;

  private static final Duration ANSWERS = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final SandboxSettings settings;
  private final SandboxObjects objects;
  private final SandboxSteps steps;
  private final String namespace;
  private final InstantSource clock;
  private final Pause pause;
  private final PodFollower follower;

  ClusterSandbox(
      Cluster cluster,
      SandboxSettings settings,
      DrillEngine engine,
      String id,
      String namespace,
      InstantSource clock,
      Pause pause) {
    this.cluster = cluster;
    this.settings = settings;
    this.objects = new SandboxObjects(settings, id, namespace, engine);
    this.steps = new SandboxSteps(engine);
    this.namespace = namespace;
    this.clock = clock;
    this.pause = pause;
    this.follower = new PodFollower(cluster, PodFollower.Limits.of(settings.move()));
  }

  @Override
  public Finding open() {
    return guarded(
        () -> {
          cluster.create(objects.namespace(clock.instant().plus(settings.life())));
          cluster.create(objects.access());
          createOnceAllowed(objects.quota());
          objects.policies().forEach(cluster::create);
          cluster.create(objects.credentials());
          cluster.create(objects.engine());
          return engineUp();
        },
        Unclear::new);
  }

  @Override
  public Fetched restore(Ticket ticket) {
    return guarded(
        () -> {
          ObjectName pod = create(objects.fetch(steps.restoring(engineAddress())));
          PodState started = follower.started(pod);
          if (started instanceof PodState.Stuck(String reason)) {
            return new Fetched.Stopped(reason);
          }
          if (new Handover(cluster).deliver(pod, ticket)
              instanceof Handover.Outcome.Failed(String reason)) {
            return new Fetched.Stopped(reason);
          }
          return fetched(follower.ended(pod));
        },
        Fetched.Stopped::new);
  }

  @Override
  public Finding boot() {
    return guarded(
        () ->
            switch (follower.ready(engineName(), ANSWERS)) {
              case PodState.Running running when running.ready() -> new Holds("the engine answers");
              case PodState.Running _ -> new Fails("the engine runs, but does not answer");
              case PodState.Ended ended -> engineEnded(ended);
              case PodState.Lost(String reason) -> new Unclear("engine: " + reason);
              case PodState.Stuck(String reason) -> new Unclear("engine: " + reason);
              case PodState.Pending _ -> new Unclear("the engine's Pod is pending again");
            },
        Unclear::new);
  }

  @Override
  public Checked check() {
    return guarded(
        () -> {
          ObjectName pod = create(objects.check(steps.checking(engineAddress())));
          return switch (follower.ended(pod)) {
            case PodState.Ended ended -> checked(pod, ended);
            case PodState.Lost(String reason) -> new Checked.Stopped(reason);
            case PodState.Stuck(String reason) -> new Checked.Stopped(reason);
            case PodState.Pending _, PodState.Running _ ->
                new Checked.Stopped("the check Pod has not ended");
          };
        },
        Checked.Stopped::new);
  }

  @Override
  public Finding close() {
    // A drill that is interrupted still cleans up, but waits for nothing.
    boolean interrupted = Thread.interrupted();
    try {
      return guarded(() -> remove(interrupted ? Duration.ZERO : GONE), Unclear::new);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Finding remove(Duration patience) {
    ObjectName name = ObjectName.global(namespace);
    cluster.delete(Namespace.class, name);
    Optional<Namespace> left = cluster.await(Namespace.class, name, Optional::isEmpty, patience);
    return left.isEmpty()
        ? new Holds("namespace " + namespace + " is gone")
        : new Unclear("namespace " + namespace + " still exists after " + patience);
  }

  private Finding engineUp() {
    ObjectName engine = engineName();
    if (follower.started(engine) instanceof PodState.Stuck(String reason)) {
      return new Unclear("engine: " + reason);
    }
    return switch (follower.ready(engine, settings.boot())) {
      case PodState.Running running when running.ready() ->
          new Holds("the engine reaches none of " + String.join(", ", settings.beacons()));
      case PodState.Running _ ->
          new Unclear("the empty engine did not answer within " + settings.boot());
      case PodState.Ended ended -> new Unclear(unopened(ended));
      case PodState.Lost(String reason) -> new Unclear("engine: " + reason);
      case PodState.Stuck(String reason) -> new Unclear("engine: " + reason);
      case PodState.Pending _ -> new Unclear("the engine's Pod did not start");
    };
  }

  private static String unopened(PodState.Ended ended) {
    ContainerEnd first = ended.containers().getFirst();
    if (first.name().equals(SandboxObjects.BEACON)) {
      return first.exitCode() == NOT_ISOLATED
          ? "the network is not isolated, does it enforce NetworkPolicies? " + first.text()
          : "isolation was not proven: " + first.text();
    }
    return "the empty engine ended: " + first.text();
  }

  private static Finding engineEnded(PodState.Ended ended) {
    ContainerEnd end = ended.containers().getFirst();
    return end.outOfMemory() ? new Unclear(end.text()) : new Fails(end.text());
  }

  private static Fetched fetched(PodState state) {
    return switch (RestoreVerdict.of(state)) {
      case RestoreVerdict.Unfinished(String reason) -> new Fetched.Stopped(reason);
      case RestoreVerdict.Finished(RestoreMessage mover, List<ContainerEnd> clients) ->
          SandboxSteps.unreached(clients)
              .<Fetched>map(Fetched.Stopped::new)
              .orElseGet(() -> new Fetched.Ran(mover, clients));
    };
  }

  private Checked checked(ObjectName pod, PodState.Ended ended) {
    List<ContainerEnd> checks = SandboxSteps.checks(ended.containers());
    if (checks.isEmpty()) {
      return new Checked.Stopped("no check ran: " + ended.containers().getFirst().text());
    }
    Map<String, ProbeOutcome> probes = new HashMap<>();
    for (String stream : steps.probed()) {
      ended
          .container(ProbeStep.name(stream))
          .ifPresent(end -> probes.put(stream, ProbeOutcome.of(cluster, pod, stream, end)));
    }
    return new Checked.Ran(checks, probes);
  }

  /// A fresh RoleBinding takes a moment to reach the authorizer.
  private void createOnceAllowed(HasMetadata first) {
    Duration step = Duration.ofMillis(500);
    for (long tries = ACCESS.dividedBy(step); ; tries--) {
      try {
        cluster.create(first);
        return;
      } catch (ClusterException.Forbidden e) {
        if (tries <= 0) {
          throw e;
        }
        rest(step, e);
      }
    }
  }

  private void rest(Duration step, ClusterException otherwise) {
    try {
      pause.pause(step);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw otherwise;
    }
  }

  private ObjectName create(Pod pod) {
    return ObjectName.of(cluster.create(pod));
  }

  private ObjectName engineName() {
    return ObjectName.in(namespace, SandboxPolicies.ENGINE);
  }

  private String engineAddress() {
    return cluster.get(Pod.class, engineName()).getStatus().getPodIP();
  }

  private static <T> T guarded(Supplier<T> action, Function<String, T> otherwise) {
    try {
      return action.get();
    } catch (ClusterException e) {
      return otherwise.apply(String.valueOf(e.getMessage()));
    }
  }
}
