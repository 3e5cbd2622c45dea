package dev.muster.restore;

import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.LastWords;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.Manifest;
import dev.muster.repository.wire.RestoreMessage;
import dev.muster.repository.wire.Ticket;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Restores a point into new databases on the workload's own server: data, then a check of it
/// against the manifest's probe, then, only if wanted, the step that touches a live database. Each
/// is a Job of its own in the workload's namespace, deleted when it is over or the thread is
/// interrupted.
public final class RestoreRun {
  private final Cluster cluster;
  private final Tickets tickets;
  private final RestorePod shape;
  private final PodFollower follower;
  private final String id;
  private final Consumer<String> news;

  /// @param image Muster's own
  /// @param storeCa PEM of the authority of the store's certificate, where the public ones do not
  ///   do
  /// @param limit for each of the three steps
  /// @param news one line for each thing that happens, for people
  public RestoreRun(
      Cluster cluster,
      Tickets tickets,
      String image,
      Optional<String> storeCa,
      Duration limit,
      RandomGenerator random,
      Consumer<String> news) {
    this.cluster = cluster;
    this.tickets = tickets;
    this.shape = new RestorePod(image, "IfNotPresent", storeCa, limit);
    this.follower = new PodFollower(cluster, PodFollower.Limits.of(limit));
    this.id = HexFormat.of().toHexDigits(random.nextInt());
    this.news = news;
  }

  /// Blocks until it is over.
  ///
  /// @throws UnfitException when there is nothing to restore into, or the identity opens nothing
  /// @throws ClusterException when the cluster refuses a Job of ours
  /// @throws LeftoverException when a Job of ours could not be deleted
  public RestoreOutcome run(RestorePlan plan, Manifest manifest) {
    LiveWorkload live = LiveWorkload.find(cluster, manifest.identity());
    return switch (tickets.issue(plan.streams())) {
      case TicketOutcome.Issued(Ticket ticket) -> restore(plan, manifest, live, ticket);
      case TicketOutcome.Damaged(String evidence) -> untouched("the point is damaged: " + evidence);
      case TicketOutcome.Locked(String evidence) ->
          throw new UnfitException("the identity does not fit: " + evidence);
      case TicketOutcome.Unavailable(String reason) ->
          untouched("the store cannot be asked: " + reason);
    };
  }

  private RestoreOutcome restore(
      RestorePlan plan, Manifest manifest, LiveWorkload live, Ticket ticket) {
    List<String> streams = plan.streams().stream().map(Manifest.Stream::name).toList();
    news.accept("restoring into " + String.join(", ", plan.targets()));
    PodSpec spec = shape.restore(streams, live.client(), at(live, plan.port(), plan.restore()));
    Optional<String> broken = job("data", manifest, spec, pod -> moved(pod, ticket));
    if (broken.isPresent()) {
      return new RestoreOutcome.Failed(broken.get(), plan.leftovers());
    }
    news.accept("all digests of the manifest matched, every client ended with 0");
    List<String> notes = new ArrayList<>();
    Optional<String> wrong = check(plan, manifest, live, notes);
    if (wrong.isPresent()) {
      return new RestoreOutcome.Failed(wrong.get(), plan.leftovers());
    }
    return finish(plan, manifest, live, notes);
  }

  private Optional<String> moved(ObjectName pod, Ticket ticket) {
    if (follower.started(pod) instanceof PodState.Stuck(String reason)) {
      return Optional.of(reason);
    }
    if (new Handover(cluster).deliver(pod, ticket) instanceof Handover.Outcome.Failed(String why)) {
      return Optional.of(why);
    }
    return switch (RestoreVerdict.of(follower.ended(pod))) {
      case RestoreVerdict.Unfinished(String reason) -> Optional.of(reason);
      case RestoreVerdict.Finished(RestoreMessage mover, List<ContainerEnd> clients) ->
          clients.stream()
              .filter(end -> !end.succeeded())
              .map(ContainerEnd::text)
              .findFirst()
              .or(() -> refused(mover));
    };
  }

  private static Optional<String> refused(RestoreMessage mover) {
    return mover.restored()
        ? Optional.empty()
        : Optional.of("mover: " + mover.reason() + ": " + mover.detail());
  }

  private Optional<String> check(
      RestorePlan plan, Manifest manifest, LiveWorkload live, List<String> notes) {
    List<Step> probes = at(live, plan.port(), plan.probes());
    if (probes.isEmpty()) {
      notes.add("the point has no probe: that its data is complete was not checked");
      return Optional.empty();
    }
    PodSpec spec = shape.clientsOnly(live.client(), probes);
    return job(
        "check",
        manifest,
        spec,
        pod ->
            switch (follower.ended(pod)) {
              case PodState.Ended ended -> compare(plan, pod, ended, notes);
              case PodState.Lost(String reason) -> Optional.of("not checked: " + reason);
              case PodState.Stuck(String reason) -> Optional.of("not checked: " + reason);
              case PodState.Pending _, PodState.Running _ -> Optional.of("the check has not ended");
            });
  }

  private Optional<String> compare(
      RestorePlan plan, ObjectName pod, PodState.Ended ended, List<String> notes) {
    for (Manifest.Stream stream : plan.streams()) {
      Optional<Manifest.Probe> taken = plan.probe(stream);
      if (taken.isEmpty()) {
        continue;
      }
      Optional<ContainerEnd> end = ended.container(ProbeStep.name(stream.name()));
      if (end.isEmpty()) {
        return Optional.of("not checked: " + ended.containers().getFirst().text());
      }
      Optional<String> wrong =
          switch (ProbeOutcome.of(cluster, pod, stream.name(), end.get())) {
            case ProbeOutcome.Failed(String evidence) -> Optional.of(evidence);
            case ProbeOutcome.Unread(String reason) -> Optional.of("not checked: " + reason);
            case ProbeOutcome.Read(Manifest.Probe now) -> differs(taken.get(), now, notes);
          };
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<String> differs(Manifest.Probe taken, Manifest.Probe now, List<String> notes) {
    var comparison = new ProbeComparison(taken, now);
    for (Comparison each : List.of(comparison.schema(), comparison.counts(), comparison.hashes())) {
      switch (each) {
        case Comparison.Same(String note) -> {
          news.accept(note);
          notes.add(note);
        }
        case Comparison.Incomparable(String reason) -> notes.add("not checked: " + reason);
        case Comparison.Differs(String evidence) -> {
          return Optional.of(evidence);
        }
      }
    }
    return Optional.empty();
  }

  private RestoreOutcome finish(
      RestorePlan plan, Manifest manifest, LiveWorkload live, List<String> notes) {
    List<Step> steps = at(live, plan.port(), plan.finish());
    if (steps.isEmpty()) {
      return new RestoreOutcome.Restored(plan.results(), notes);
    }
    Optional<String> failed =
        job(
            "finish",
            manifest,
            shape.clientsOnly(live.client(), steps),
            pod -> finished(plan, pod, notes));
    return failed
        .<RestoreOutcome>map(reason -> new RestoreOutcome.Unfinished(reason, plan.targets()))
        .orElseGet(() -> new RestoreOutcome.Restored(plan.results(), notes));
  }

  private Optional<String> finished(RestorePlan plan, ObjectName pod, List<String> notes) {
    return switch (follower.ended(pod)) {
      case PodState.Ended ended -> finished(plan, pod, ended, notes);
      case PodState.Lost(String reason) -> Optional.of(reason);
      case PodState.Stuck(String reason) -> Optional.of(reason);
      case PodState.Pending _, PodState.Running _ -> Optional.of("the last step has not ended");
    };
  }

  /// A step's last line is its answer: what the old database is called now, how many rows came
  /// back.
  private Optional<String> finished(
      RestorePlan plan, ObjectName pod, PodState.Ended ended, List<String> notes) {
    for (ContainerEnd end : ended.containers()) {
      if (!end.succeeded()) {
        return Optional.of(end.text());
      }
      String answer = LastWords.of(cluster.logs(pod, end.name(), 1));
      notes.add(plan.finished(answer));
    }
    return Optional.empty();
  }

  /// Empty is success.
  private Optional<String> job(
      String what, Manifest manifest, PodSpec spec, Function<ObjectName, Optional<String>> follow) {
    ObjectName name =
        ObjectName.in(manifest.identity().namespace(), "muster-restore-" + id + "-" + what);
    Map<String, String> labels = Map.of("muster.dev/role", "restore", "muster.dev/restore", id);
    try (RestoreJob job = RestoreJob.create(cluster, name, labels, spec)) {
      news.accept("Job " + name);
      return followed(job, name, follow);
    }
  }

  private static Optional<String> followed(
      RestoreJob job, ObjectName name, Function<ObjectName, Optional<String>> follow) {
    try {
      return job.pod()
          .map(follow)
          .orElseGet(() ->
              Optional.of("Job " + name + " made no Pod: describe it, and its namespace's quota"));
    } catch (ClusterException e) {
      return Optional.of(
          Thread.currentThread().isInterrupted() ? "interrupted" : String.valueOf(e.getMessage()));
    }
  }

  private static List<Step> at(LiveWorkload live, int port, List<Step> steps) {
    return steps.stream()
        .map(step -> {
          Map<String, String> environment = new TreeMap<>(step.environment());
          environment.put("MUSTER_HOST", live.address());
          environment.put("MUSTER_PORT", Integer.toString(port));
          environment.putIfAbsent("MUSTER_DATABASE", "");
          return new Step(step.name(), step.script(), environment);
        })
        .toList();
  }

  private static RestoreOutcome untouched(String reason) {
    return new RestoreOutcome.Failed(reason, List.of());
  }
}
