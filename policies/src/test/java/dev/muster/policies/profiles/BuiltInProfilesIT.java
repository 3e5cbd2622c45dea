package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInProfilesIT {
  @TempDir private Path folder;

  @Test
  void everyTestedProfileIsComplete() {
    for (EngineProfile profile : tested(true)) {
      assertThat(profile.streams())
          .as(profile.name())
          .anyMatch(stream -> stream.probe().isPresent());
      assertThat(profile.streams())
          .as(profile.name() + " compares versions before each dump")
          .allMatch(stream -> stream.dump().contains("muster_server_version()"));
      assertThat(profile.drill().environment()).as(profile.name()).containsValue("random");
    }
  }

  /// There is no server of MongoDB here. Without a probe nothing is claimed of its points.
  @Test
  void onlyMongoDbIsUntestedAndProvesNothing() {
    assertThat(tested(false))
        .singleElement()
        .satisfies(profile -> {
          assertThat(profile.name()).isEqualTo("mongodb");
          assertThat(profile.streams()).allMatch(stream -> stream.probe().isEmpty());
        });
  }

  private static List<EngineProfile> tested(boolean wanted) {
    return EngineProfilesReader.read(Optional.empty()).byName().values().stream()
        .filter(profile -> wanted != profile.testedWith().isEmpty())
        .toList();
  }

  @Test
  void profileOfAFolderReplacesTheBuiltInOne() throws Exception {
    String text = Sql.read("mariadb.yaml");
    Files.writeString(folder.resolve("ours.yaml"), text.replace("port: 3306", "port: 3307"));

    var profiles = EngineProfilesReader.read(Optional.of(folder));

    assertThat(profiles.find("mariadb").orElseThrow().port()).isEqualTo(3307);
    assertThat(profiles.find("postgresql").orElseThrow().port()).isEqualTo(5432);
  }

  @Test
  void theProfileThatThePageShowsDumps() throws Exception {
    Path page =
        Path.of(System.getProperty("muster.root", ".."), "docs/reference/engine-profiles.md");
    String yaml = Files.readString(page).split("```yaml\n")[1].split("```")[0];
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(profiles.resolve("ledger.yaml"), yaml);
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.writeString(bin.resolve("ledger-export"), "#!/bin/sh\necho LEDGER of \"$2\"\n");
    assertThat(bin.resolve("ledger-export").toFile().setExecutable(true)).isTrue();
    EngineProfile profile =
        EngineProfilesReader.read(Optional.of(profiles)).find("ledger").orElseThrow();

    ProfileRun.Backup backup =
        new ProfileRun(profile, Map.of("PATH", bin + ":" + System.getenv("PATH")), 7000, folder)
            .backup("");

    assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
    assertThat(backup.streams().get("server"))
        .asString()
        .startsWith(profile.streams().getFirst().magic())
        .contains("127.0.0.1:7000");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path absent = folder.resolve("absent");

    assertThatThrownBy(() -> EngineProfilesReader.read(Optional.of(absent)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("profiles-dir")
        .hasMessageContaining(absent.toString());
  }

  /// Whoever lists processes reads arguments.
  @Test
  void noScriptPutsAPasswordIntoAnArgument() throws Exception {
    for (String name :
        new String[] {
          "postgresql.yaml", "mariadb.yaml", "mysql.yaml", "redis.yaml", "etcd.yaml", "mongodb.yaml"
        }) {
      assertThat(Sql.read(name)).as(name).doesNotContain("--password=").doesNotContain(" -p$");
    }
  }
}
