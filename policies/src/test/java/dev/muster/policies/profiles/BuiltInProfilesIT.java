package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.config.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInProfilesIT {
  @TempDir private Path folder;

  @Test
  void everyBuiltInProfileIsComplete() {
    for (EngineProfile profile : EngineProfilesReader.read(Optional.empty()).byName().values()) {
      assertThat(profile.testedWith()).as(profile.name()).isNotEmpty();
      assertThat(profile.streams())
          .as(profile.name() + " compares versions before each dump")
          .allMatch(stream -> stream.dump().contains("muster_server_version()"));
      assertThat(profile.streams())
          .as(profile.name())
          .anyMatch(stream -> stream.probe().isPresent());
      assertThat(profile.drill().environment()).as(profile.name()).containsValue("random");
    }
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
        new String[] {"postgresql.yaml", "mariadb.yaml", "mysql.yaml", "redis.yaml", "etcd.yaml"}) {
      assertThat(Sql.read(name)).as(name).doesNotContain("--password=").doesNotContain(" -p$");
    }
  }
}
