package dev.muster.cli;

import dev.muster.model.PointId;
import dev.muster.model.WorkloadKey;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.Manifest;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.OldestVersion;
import dev.muster.repository.Sizes;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads every manifest below the cluster's folder, oldest point first.
final class PointList {

  private final BackupStore store;
  private final Keys keys;
  private final ManifestVerifier verifier;

  PointList(Session session) {
    this.store = session.store();
    this.keys = session.keys();
    this.verifier = session.verifier();
  }

  List<ListedPoint> points(Optional<WorkloadKey> only) {
    List<String> workloads =
        only.map(key -> List.of(key.value())).orElseGet(() -> store.children(keys.points()));
    List<ListedPoint> points = new ArrayList<>();
    for (String workload : workloads) {
      for (String point : store.children(keys.points(workload))) {
        read(workload, point).ifPresent(points::add);
      }
    }
    points.sort((a, b) -> a.point().compareTo(b.point()));
    return points;
  }

  /// The workload whose point this is. Hidden versions count: a delete marker unmakes no point.
  Optional<WorkloadKey> workloadOf(PointId point) {
    return store.children(keys.points()).stream()
        .filter(workload -> store.children(keys.points(workload)).contains(point.toString()))
        .map(WorkloadKey::new)
        .findFirst();
  }

  /// Empty where a folder holds no manifest: an unfinished point is no point.
  private Optional<ListedPoint> read(String workload, String point) {
    String key;
    try {
      key = keys.manifest(workload, point);
    } catch (IllegalArgumentException e) {
      return Optional.of(ListedPoint.refused(point, workload, "not a point of Muster"));
    }
    return store.getOldest(key, Sizes.MANIFEST).map(oldest -> judged(workload, point, key, oldest));
  }

  private ListedPoint judged(String workload, String point, String key, OldestVersion oldest) {
    return switch (verifier.verify(key, oldest.content())) {
      case ManifestVerifier.Check.Refused(var reason, String detail) ->
          ListedPoint.refused(point, workload, "refused: " + reason.word() + ": " + detail);
      case ManifestVerifier.Check.Valid(Manifest manifest, _, _) ->
          listed(manifest, oldest.tampered() ? "tampered: written or deleted again" : "sealed");
    };
  }

  private static ListedPoint listed(Manifest manifest, String state) {
    Manifest.Identity who = manifest.identity();
    return new ListedPoint(
        who.point(),
        who.kind() + " " + who.namespace() + "/" + who.name(),
        who.workloadKey(),
        who.slot().truncatedTo(ChronoUnit.SECONDS).toString(),
        manifest.streams().stream().mapToLong(Manifest.Stream::storedBytes).sum(),
        word(manifest.consistency().guarantee()),
        manifest.streams().stream().map(Manifest.Stream::name).toList(),
        state.equals("sealed"),
        state);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
