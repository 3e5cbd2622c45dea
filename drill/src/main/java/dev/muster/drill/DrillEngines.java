package dev.muster.drill;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfiles;
import dev.muster.repository.Manifest;
import dev.muster.restore.RestoreSteps;
import dev.muster.restore.Step;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    return new DrillEngine(
        manifest.identity().image(),
        "IfNotPresent",
        profile.port(),
        credentials(profile.drill().environment()),
        profile.drill().arguments(),
        profile.drill().dataDir(),
        profile.scripts().ready(),
        steps.allStreams(),
        steps.all(DrillEngines::target),
        profile.scripts().check(),
        probes(profile, manifest),
        profile.drill().database());
  }

  /// In an empty server every database gets its own name back. One whose name only the workload's
  /// environment knows gets a name of ours.
  static String target(Manifest.Stream stream) {
    String database = stream.database();
    return database == null || database.isEmpty() ? "restored" : database;
  }

  private static List<Step> probes(EngineProfile profile, Manifest manifest) {
    List<Step> probes = new ArrayList<>();
    for (Manifest.Probe probe : manifest.probes()) {
      manifest.streams().stream()
          .filter(stream -> stream.name().equals(probe.stream()))
          .findFirst()
          .ifPresent(
              stream ->
                  probes.add(
                      new Step(
                          SandboxSteps.probe(stream.name()),
                          profile.scripts().probe(),
                          Map.of(
                              "MUSTER_DATABASE", target(stream),
                              "MUSTER_STREAM", stream.name()))));
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
