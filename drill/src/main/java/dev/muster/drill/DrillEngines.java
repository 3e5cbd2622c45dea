package dev.muster.drill;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfiles;
import dev.muster.repository.Manifest;
import dev.muster.restore.ProbeStep;
import dev.muster.restore.RestoreSteps;
import dev.muster.restore.Step;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Reads from a manifest and the profiles how to drill a point.
final class DrillEngines {
  private static final String RANDOM = "random";

  private final EngineProfiles profiles;
  private final RandomGenerator random;

  DrillEngines(EngineProfiles profiles, RandomGenerator random) {
    this.profiles = profiles;
    this.random = random;
  }

  /// @throws dev.muster.restore.UnfitException when no profile can restore the point
  DrillEngine engine(Manifest manifest) {
    EngineProfile profile = RestoreSteps.profile(profiles, manifest);
    RestoreSteps steps = new RestoreSteps(profile, manifest);
    Function<Manifest.Stream, String> target = stream -> target(profile, stream);
    return new DrillEngine(
        manifest.identity().image(),
        "IfNotPresent",
        profile.port(),
        credentials(profile.drill().environment()),
        profile.drill().arguments(),
        profile.drill().dataDir(),
        profile.scripts().ready(),
        steps.allStreams(),
        steps.all(target),
        checks(profile, steps, target),
        probes(profile, manifest, target),
        profile.drill().database());
  }

  /// In an empty server every database gets its own name back, except where the name is taken or
  /// only the workload's environment knows it.
  private static String target(EngineProfile profile, Manifest.Stream stream) {
    String database = stream.database();
    if (database == null || database.isEmpty()) {
      return "restored";
    }
    return database.equals(profile.drill().database()) ? database + "_restored" : database;
  }

  private static List<Step> checks(
      EngineProfile profile, RestoreSteps steps, Function<Manifest.Stream, String> target) {
    return steps.dataStreams().stream()
        .map(stream ->
            new Step(
                SandboxSteps.check(stream.name()),
                profile.scripts().check(),
                Map.of("MUSTER_DATABASE", target.apply(stream))))
        .toList();
  }

  private static List<Step> probes(
      EngineProfile profile, Manifest manifest, Function<Manifest.Stream, String> target) {
    List<Step> probes = new ArrayList<>();
    for (Manifest.Probe probe : manifest.probes()) {
      manifest.streams().stream()
          .filter(stream -> stream.name().equals(probe.stream()))
          .findFirst()
          .ifPresent(stream ->
              probes.add(ProbeStep.of(stream, profile.scripts().probe(), target.apply(stream))));
    }
    return probes;
  }

  private Map<String, String> credentials(Map<String, String> wanted) {
    Map<String, String> values = new TreeMap<>();
    wanted.forEach((name, value) -> values.put(name, value.equals(RANDOM) ? secret() : value));
    return values;
  }

  private String secret() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
