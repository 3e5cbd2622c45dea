package dev.muster.auditor;

import dev.muster.auditor.contract.ClusterView;
import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.heal.Healer;
import dev.muster.auditor.run.RunPod;
import dev.muster.auditor.schedule.Planner;
import dev.muster.cluster.Change;
import dev.muster.cluster.Cluster;
import dev.muster.http.Health;
import dev.muster.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Follows the cluster. What changes makes the leader plan and heal the workload that it is about,
/// each in a queue of its own: planning asks the store, and healing must not wait for that.
final class Reconciler implements AutoCloseable {

  /// A call of the store ends within 90 s, one of the API server sooner.
  private static final Duration STILL = Duration.ofMinutes(10);

  private static final Duration UNCONNECTED = Duration.ofMinutes(5);

  private final Contracts contracts;
  private final Optional<Healer> healer;
  private final BooleanSupplier leads;
  private final Supplier<Optional<Planner>> planner;
  private final Consumer<String> touch;
  private final Consumer<Change<? extends HasMetadata>> also;
  private final CountDownLatch opened = new CountDownLatch(1);
  private final WorkQueue<WorkloadRef> planning;
  private final WorkQueue<WorkloadRef> healing;
  private final ClusterView view;

  /// Work was passed over while the leadership was in doubt.
  private volatile boolean skipped;

  /// Returns once everything was listed.
  ///
  /// @param planner the one of the leadership that is held, if it runs backups
  /// @param touch hears the id of a run whose Pod changed
  /// @param also hears every change; must not block
  Reconciler(
      Cluster cluster,
      Contracts contracts,
      Optional<Healer> healer,
      BooleanSupplier leads,
      Supplier<Optional<Planner>> planner,
      Consumer<String> touch,
      Consumer<Change<? extends HasMetadata>> also,
      LongSupplier nanos) {
    this.contracts = contracts;
    this.healer = healer;
    this.leads = leads;
    this.planner = planner;
    this.touch = touch;
    this.also = also;
    this.planning = new WorkQueue<>("planning", STILL, nanos, this::plan);
    this.healing = new WorkQueue<>("healing", STILL, nanos, this::heal);
    this.view = ClusterView.open(cluster, this::changed);
    opened.countDown();
  }

  ClusterView view() {
    return view;
  }

  /// Lets liveness fail where a restart would help.
  void watchedBy(Health health, InstantSource clock) {
    health.liveness("planning", planning::problem);
    health.liveness("healing", healing::problem);
    health.liveness("watches", new Patience(clock, UNCONNECTED, view::problem));
  }

  /// The work of the calling thread, if it is a worker here, moves.
  void moved() {
    planning.moved();
    healing.moved();
  }

  /// A leadership has begun: everything is looked at.
  void all() {
    skipped = false;
    view.workloads().forEach(this::queue);
  }

  /// Takes up what was passed over, where this replica leads now.
  void catchUp() {
    if (skipped && leads.getAsBoolean()) {
      all();
    }
  }

  /// Does again what failed.
  void again() {
    planning.again();
    healing.again();
  }

  @Override
  public void close() {
    planning.close();
    healing.close();
    view.close();
  }

  /// Hears every change; only puts work into queues.
  private void changed(Change<? extends HasMetadata> change) {
    also.accept(change);
    switch (change.object()) {
      case Pod pod -> changed(pod);
      case Namespace namespace -> queueAllOf(namespace.getMetadata().getName());
      case HasMetadata object -> Workload.of(object).ifPresent(this::queue);
    }
  }

  private void changed(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    if (labels != null && labels.containsKey(RunPod.RUN_ID)) {
      touch.accept(labels.get(RunPod.RUN_ID));
    } else if (mayWork()) {
      view.workloads().stream()
          .filter(w -> w.ref().namespace().equals(pod.getMetadata().getNamespace()))
          .filter(w -> w.selects(labels))
          .forEach(this::queue);
    }
  }

  private void queueAllOf(String namespace) {
    if (opened.getCount() == 0) {
      view.workloads().stream()
          .filter(workload -> workload.ref().namespace().equals(namespace))
          .forEach(this::queue);
    }
  }

  private void queue(Workload workload) {
    planning.add(workload.ref());
    if (healer.isPresent()) {
      healing.add(workload.ref());
    }
  }

  /// Only a leader may; it is noted where the answer is no, so that nothing stays undone.
  private boolean mayWork() {
    boolean may = opened.getCount() == 0 && leads.getAsBoolean();
    if (!may) {
      skipped = true;
    }
    return may;
  }

  private void plan(WorkloadRef ref) {
    if (!mayWork()) {
      return;
    }
    Optional<Workload> workload = workload(ref);
    Optional<Namespace> namespace = view.namespace(ref.namespace());
    planner
        .get()
        .ifPresent(mine -> {
          if (workload.isEmpty() || namespace.isEmpty()) {
            mine.forget(ref.key());
          } else {
            mine.consider(contracts.of(workload.get(), namespace.get()));
          }
        });
  }

  private void heal(WorkloadRef ref) {
    if (!mayWork()) {
      return;
    }
    Optional<Workload> workload = workload(ref);
    Optional<Namespace> namespace = view.namespace(ref.namespace());
    if (healer.isPresent() && workload.isPresent() && namespace.isPresent()) {
      healer.get().consider(workload.get(), namespace.get(), view.podsOf(workload.get()));
    }
  }

  private Optional<Workload> workload(WorkloadRef ref) {
    return view.workloads().stream().filter(w -> w.ref().key().equals(ref.key())).findFirst();
  }
}
