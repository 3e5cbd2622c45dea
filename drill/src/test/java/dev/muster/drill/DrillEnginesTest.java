package dev.muster.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfile.Scope;
import dev.muster.config.EngineProfiles;
import dev.muster.config.HookTable;
import dev.muster.repository.Manifest;
import dev.muster.repository.Manifest.Relation;
import dev.muster.restore.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DrillEnginesTest {
  private static final EngineProfile WHOLE =
      new EngineProfile(
          "redis",
          6379,
          List.of(
              new EngineProfile.Stream(
                  "server", Scope.SERVER, "dump", Optional.empty(), "", "", "restore")),
          new EngineProfile.Scripts("ready", "check", "probe", "", "", ""),
          new EngineProfile.Drill(
              Map.of("REDIS_PASSWORD", "random"),
              List.of("--requirepass", "$(REDIS_PASSWORD)"),
              "/data",
              "0"),
          List.of("7.0"),
          "d1");

  @Test
  void anEngineThatIsDumpedAsAWholeIsRestoredCheckedAndProbedOnce() {
    DrillEngine engine =
        new DrillEngines(
                new EngineProfiles(Map.of("redis", WHOLE), new HookTable(Map.of())),
                RandomGenerator.getDefault())
            .engine(manifest());

    assertThat(engine.restore()).extracting(Step::name).containsExactly("client-server");
    assertThat(engine.checks()).extracting(Step::name).containsExactly("check-server");
    assertThat(engine.probes()).extracting(Step::name).containsExactly("probe-server");
    assertThat(engine.credentials().get("REDIS_PASSWORD")).matches("[0-9a-f]{48}");
  }

  private static Manifest manifest() {
    Manifest other = Samples.manifest();
    return new Manifest(
        other.formatVersion(),
        other.identity(),
        other.consistency(),
        other.encryption(),
        List.of(
            new Manifest.Stream(
                "server", 0, null, 1, "aa", List.of(), null, "redis", null, null, null, "redis",
                "d1")),
        List.of(new Manifest.Probe("server", Relation.SAME_SNAPSHOT, "s", "offset:1", List.of())),
        other.chain());
  }
}
