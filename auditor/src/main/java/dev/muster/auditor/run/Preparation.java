package dev.muster.auditor.run;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.contract.Engine;
import dev.muster.auditor.contract.Workload;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.config.EngineProfile;
import dev.muster.model.Method;
import dev.muster.model.Problem;
import dev.muster.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads, right before an attempt, what it captures and from where. Changes nothing.
final class Preparation {

  private final Cluster cluster;
  private final Contracts contracts;
  private final RunSettings settings;

  Preparation(Cluster cluster, Contracts contracts, RunSettings settings) {
    this.cluster = cluster;
    this.contracts = contracts;
    this.settings = settings;
  }

  /// What came of it.
  sealed interface Outcome {

    record Ready(Workload workload, Pod donor, JobOrder order) implements Outcome {}

    record Refused(FailureReason reason, String detail) implements Outcome {}
  }

  Outcome prepare(Entry.Planned run, String attempt, int number, Instant now) {
    Optional<Workload> found = workload(run);
    if (found.isEmpty()) {
      return refused(FailureReason.CANCELLED, run.kind() + " " + run.name() + " is gone");
    }
    Workload workload = found.get();
    Optional<Namespace> namespace =
        cluster.find(Namespace.class, ObjectName.global(run.namespace()));
    Effective effective = contracts.of(workload, namespace.orElse(null));
    if (!effective.reading().valid()) {
      return refused(
          FailureReason.INVALID_CONTRACT,
          effective.reading().problems().stream()
              .map(Problem::text)
              .collect(Collectors.joining("; ")));
    }
    Method method = effective.contract().method();
    if (method != Method.AUTO && method != Method.DUMP) {
      return refused(
          FailureReason.UNSUPPORTED,
          "method " + method.name().toLowerCase(java.util.Locale.ROOT) + " is not available here");
    }
    if (effective.engine().isEmpty()) {
      return refused(
          FailureReason.UNSUPPORTED,
          "no engine recognised: set muster.dev/engine to one of the profiles");
    }
    return target(run, attempt, number, now, workload, namespace, effective);
  }

  private Outcome target(
      Entry.Planned run,
      String attempt,
      int number,
      Instant now,
      Workload workload,
      Optional<Namespace> namespace,
      Effective effective) {
    Engine engine = effective.engine().orElseThrow();
    Optional<List<String>> databases = effective.contract().databases().known();
    if (databases.isEmpty()) {
      return refused(
          FailureReason.UNSUPPORTED, "databases: * is not available: name the databases");
    }
    List<Pod> pods = cluster.list(Pod.class, Query.in(run.namespace()));
    Optional<Pod> donor = TargetChoice.of(workload, pods);
    if (donor.isEmpty()) {
      return refused(FailureReason.NO_TARGET, "no Pod of " + workload + " is ready");
    }
    Optional<Container> container = TargetChoice.container(donor.get(), engine.container());
    if (container.isEmpty()) {
      return refused(
          FailureReason.NO_TARGET,
          "Pod " + donor.get().getMetadata().getName() + " has no container " + engine.container());
    }
    List<EngineProfile.Capture> captures = engine.profile().captures(databases.get());
    Entry.Attempt begun =
        new Entry.Attempt(
            attempt,
            now,
            now.plus(settings.deadline()),
            "muster-" + run.runId().substring(0, 16) + "-" + number,
            entryTarget(namespace, donor.get(), container.get(), engine),
            engine.profile().name(),
            engine.profile().digest(),
            settings.recipients(),
            captures.stream().map(Preparation::stream).toList());
    JobOrder order =
        new JobOrder(
            run,
            begun,
            donor.get(),
            container.get(),
            captures,
            effective.contract().consistency().name().toLowerCase(java.util.Locale.ROOT),
            restricted(namespace),
            settings.deadline(),
            settings.image(),
            settings.api(),
            settings.apiCa().get(),
            settings.storeCa());
    return new Outcome.Ready(workload, donor.get(), order);
  }

  private Optional<Workload> workload(Entry.Planned run) {
    var ref = new WorkloadRef(run.kind(), run.namespace(), run.name(), run.uid());
    return Workload.kind(ref)
        .flatMap(kind -> cluster.find(kind, ObjectName.in(run.namespace(), run.name())))
        .flatMap(Workload::of);
  }

  private static Entry.Target entryTarget(
      Optional<Namespace> namespace, Pod donor, Container container, Engine engine) {
    return new Entry.Target(
        namespace.map(n -> n.getMetadata().getUid()).orElse(""),
        donor.getMetadata().getName(),
        donor.getMetadata().getUid(),
        donor.getStatus().getPodIP(),
        engine.profile().port(),
        container.getName(),
        container.getImage(),
        TargetChoice.imageDigest(donor, container.getName()).orElse(null));
  }

  private static Entry.Stream stream(EngineProfile.Capture capture) {
    return new Entry.Stream(
        capture.stream().value(),
        capture.database(),
        capture.definition().probe().map(probe -> probe.relation().word()).orElse(null),
        capture.definition().trailer().isEmpty() ? null : capture.definition().trailer());
  }

  private static boolean restricted(Optional<Namespace> namespace) {
    return namespace
        .map(n -> Objects.requireNonNullElse(n.getMetadata().getLabels(), Map.<String, String>of()))
        .map(labels -> "restricted".equals(labels.get("pod-security.kubernetes.io/enforce")))
        .orElse(false);
  }

  private static Outcome refused(FailureReason reason, String detail) {
    return new Outcome.Refused(reason, detail);
  }
}
