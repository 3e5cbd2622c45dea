package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.CoverageReport.Failure;
import dev.muster.auditor.coverage.CoverageReport.Line;
import dev.muster.auditor.coverage.VerdictFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds lines of a report: a claim that nobody asked to protect, unless something else is said.
final class Volume {
  static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

  private final String namespace;
  private final String name;
  private String kind = "PersistentVolumeClaim";
  private @Nullable String storageClass = "fast";
  private String size = "10Gi";
  private String persistentVolume = "";
  private String reclaimPolicy = "";
  private @Nullable Instant created;
  private String workload = "";
  private List<String> owners = List.of();
  private String engine = "";
  private String plan = "";
  private String verdict = "Unprotected";
  private String reason = "nobody-asked";
  private String message = "nobody asked for protection and there is no recovery point";
  private String nextStep = "set muster.dev/protect: \"true\" on the workload or its namespace";
  private int points;
  private @Nullable Instant newest;
  private @Nullable String newestOf;
  private @Nullable Instant verified;
  private @Nullable Instant proven;
  private @Nullable Failure failure;
  private @Nullable Duration rpo;
  private List<String> problems = List.of();

  private Volume(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  static Volume named(String namespace, String name) {
    return new Volume(namespace, name);
  }

  Volume kind(String kind) {
    this.kind = kind;
    return this;
  }

  Volume storage(@Nullable String storageClass, String size) {
    this.storageClass = storageClass;
    this.size = size;
    return this;
  }

  Volume bound(String persistentVolume, String reclaimPolicy, Duration age) {
    this.persistentVolume = persistentVolume;
    this.reclaimPolicy = reclaimPolicy;
    this.created = NOW.minus(age);
    return this;
  }

  Volume owned(String... owners) {
    this.owners = List.of(owners);
    return this;
  }

  Volume of(String workload, String engine) {
    this.workload = workload;
    this.engine = engine;
    return this;
  }

  Volume plan(String plan, Duration rpo) {
    this.plan = plan;
    this.rpo = rpo;
    return this;
  }

  Volume is(String verdict, String reason, String message, String nextStep) {
    this.verdict = verdict;
    this.reason = reason;
    this.message = message;
    this.nextStep = nextStep;
    return this;
  }

  Volume points(int points, Duration age, String of) {
    this.points = points;
    this.newest = NOW.minus(age);
    this.newestOf = of;
    return this;
  }

  Volume verified(Duration age) {
    this.verified = NOW.minus(age);
    return this;
  }

  Volume proven(Duration age) {
    this.proven = NOW.minus(age);
    return this;
  }

  Volume failed(Duration age, String reason, String detail) {
    this.failure = new Failure(NOW.minus(age), reason, detail);
    return this;
  }

  Volume problems(String... problems) {
    this.problems = List.of(problems);
    return this;
  }

  Line line() {
    return new Line(
        kind,
        namespace,
        name,
        kind.equals("PersistentVolumeClaim") ? "Bound" : "",
        storageClass,
        size,
        persistentVolume,
        reclaimPolicy,
        created,
        workload,
        owners,
        engine,
        plan,
        verdict,
        reason,
        message,
        nextStep,
        points,
        newest,
        newestOf,
        verified,
        proven,
        failure,
        rpo,
        problems,
        facts());
  }

  private VerdictFacts facts() {
    return new VerdictFacts(
        new VerdictFacts.Volume(kind, false, null),
        true,
        false,
        new VerdictFacts.Contract(problems.isEmpty(), null, false, !plan.isEmpty(), true),
        null,
        new VerdictFacts.Engine(engine, !engine.isEmpty()),
        "",
        List.of(),
        new VerdictFacts.Points(
            points, 0, false, newest == null ? null : false, verified != null, null),
        failure == null ? null : new VerdictFacts.Attempt(true, null),
        null);
  }

  static CoverageReport report(Volume... volumes) {
    return new CoverageReport(
        "north", NOW, true, java.util.Arrays.stream(volumes).map(Volume::line).toList(), List.of());
  }
}
