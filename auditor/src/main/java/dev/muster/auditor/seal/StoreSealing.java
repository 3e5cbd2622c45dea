package dev.muster.auditor.seal;

import dev.muster.auditor.run.Entry;
import dev.muster.auditor.run.Sealing;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Digests;
import dev.muster.repository.Journal;
import dev.muster.repository.JournalState;
import dev.muster.repository.Keys;
import dev.muster.repository.MalformedException;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestSigner;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.ObjectHead;
import dev.muster.repository.PointReader;
import dev.muster.repository.SealJudge;
import dev.muster.repository.Sealer;
import dev.muster.repository.SigningKey;
import dev.muster.repository.Sizes;
import dev.muster.repository.wire.RunReport;
import dev.muster.repository.wire.RunReport.StreamReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges what kubelet and mover say of an attempt, and has the repository commit it.
public final class StoreSealing implements Sealing {

  private final String clusterUid;
  private final BackupStore store;
  private final Keys keys;
  private final Journal journal;
  private final Sealer sealer;
  private final PointReader points;
  private final ManifestSigner signer;
  private final InstantSource clock;

  public StoreSealing(
      String clusterUid, BackupStore store, Keys keys, SigningKey key, InstantSource clock) {
    this.clusterUid = clusterUid;
    this.store = store;
    this.keys = keys;
    this.journal = new Journal(store, keys);
    this.signer = new ManifestSigner(key);
    this.sealer = new Sealer(store, keys, signer);
    this.points = new PointReader(store, keys, new ManifestVerifier(List.of(key.publicKey())));
    this.clock = clock;
  }

  @Override
  public Outcome seal(
      Entry.Planned run, Entry.Attempt attempt, RunReport report, Map<String, Integer> exitCodes) {
    SealJudge.Judgement judgement = SealJudge.capture(expected(attempt), ends(exitCodes), report);
    if (judgement instanceof SealJudge.Judgement.Refuse(var reason, var detail)) {
      return new Outcome.Incomplete(reason + ": " + detail);
    }
    Optional<String> unmarked = unmarked(attempt, report);
    if (unmarked.isPresent()) {
      return new Outcome.Incomplete(unmarked.get());
    }
    Map<String, Sealer.Completion.Stored> stored = new HashMap<>();
    for (StreamReport stream : report.streams()) {
      switch (complete(run, attempt, stream)) {
        case Sealer.Completion.Refused(var reason, var detail) -> {
          return new Outcome.Incomplete(reason + ": " + detail);
        }
        case Sealer.Completion.Stored done -> stored.put(stream.name(), done);
      }
    }
    return commit(run, attempt, report, stored);
  }

  @Override
  public Optional<Standing> standing(Entry.Planned run) {
    return points
        .read(workload(run), run.point())
        .flatMap(found ->
            switch (found) {
              case PointReader.Found.Genuine point ->
                  Optional.of(
                      new Standing(
                          point.manifest().identity().attempt(),
                          point.sha256(),
                          storedBytes(point.manifest())));
              case PointReader.Found.Refused _ -> Optional.empty();
            });
  }

  private Sealer.Completion complete(
      Entry.Planned run, Entry.Attempt attempt, StreamReport stream) {
    return sealer.complete(
        new Sealer.Attempt(workload(run), run.runId(), attempt.attempt()),
        stream,
        (name, segment) ->
            journal
                .read(
                    workload(run),
                    run.runId(),
                    new JournalState.Upload(attempt.attempt(), name, segment),
                    Entry.Upload.class)
                .map(Entry.Upload::uploadId));
  }

  private Outcome commit(
      Entry.Planned run,
      Entry.Attempt attempt,
      RunReport report,
      Map<String, Sealer.Completion.Stored> stored) {
    Manifest manifest;
    try {
      Instant now = clock.instant();
      manifest =
          ManifestDraft.of(
              clusterUid, run, attempt, report, stored, previous(run), now, offset(stored, now));
    } catch (MalformedException e) {
      return new Outcome.Incomplete(String.valueOf(e.getMessage()));
    }
    return switch (sealer.commit(fitting(manifest))) {
      case Sealer.Sealing.Sealed(var key, var sha256) ->
          new Outcome.Committed(sha256, storedBytes(manifest));
      case Sealer.Sealing.Lost(var key, var detail) -> new Outcome.Lost(detail);
    };
  }

  /// A profile that names an end mark wants it seen; not looked for is not seen.
  private static Optional<String> unmarked(Entry.Attempt attempt, RunReport report) {
    Set<String> marked =
        attempt.streams().stream()
            .filter(stream -> stream.trailer() != null)
            .map(Entry.Stream::name)
            .collect(Collectors.toSet());
    return report.streams().stream()
        .filter(stream -> marked.contains(stream.name()))
        .filter(stream -> !Boolean.TRUE.equals(stream.trailerSeen()))
        .map(stream -> "the end mark of stream " + stream.name() + " was not seen")
        .findFirst();
  }

  private Manifest fitting(Manifest manifest) {
    try {
      var unused = signer.sign(manifest);
      return manifest;
    } catch (IllegalArgumentException e) {
      return ManifestDraft.withoutTables(manifest);
    }
  }

  /// The newest point before this one, by its name; its bytes bind the chain.
  private ManifestDraft.Previous previous(Entry.Planned run) {
    List<String> points = store.children(keys.points(workload(run)));
    Optional<String> before =
        points.stream().filter(p -> p.compareTo(run.point()) < 0).max(String::compareTo);
    return before
        .flatMap(point ->
            store
                .getOldest(keys.manifest(workload(run), point), Sizes.MANIFEST)
                .map(found -> new ManifestDraft.Previous(point, Digests.sha256(found.content()))))
        .orElse(ManifestDraft.Previous.NONE);
  }

  /// The store's clock minus ours, as seen on the newest object.
  private Duration offset(Map<String, Sealer.Completion.Stored> stored, Instant now) {
    return stored.values().stream()
        .flatMap(done -> store.head(done.segments().getLast().key()).stream())
        .map(ObjectHead::lastModified)
        .max(Instant::compareTo)
        .map(modified -> Duration.between(now, modified))
        .orElse(Duration.ZERO);
  }

  private static SealJudge.Expected expected(Entry.Attempt attempt) {
    Set<String> streams = new HashSet<>();
    Set<String> probes = new HashSet<>();
    Set<String> containers = new HashSet<>(Set.of("mover"));
    for (Entry.Stream stream : attempt.streams()) {
      streams.add(stream.name());
      containers.add("dump-" + stream.name());
      if (stream.relation() != null) {
        probes.add(stream.name());
        containers.add("probe-" + stream.name());
      }
    }
    return new SealJudge.Expected(containers, streams, probes);
  }

  private static List<SealJudge.ContainerEnd> ends(Map<String, Integer> exitCodes) {
    return exitCodes.entrySet().stream()
        .map(end -> new SealJudge.ContainerEnd(end.getKey(), end.getValue(), ""))
        .toList();
  }

  private static long storedBytes(Manifest manifest) {
    return manifest.streams().stream().mapToLong(Manifest.Stream::storedBytes).sum();
  }

  private static String workload(Entry.Planned run) {
    return WorkloadKey.of(run.kind(), run.namespace(), run.name()).value();
  }
}
