package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExplainedProfileTest {
  private static final EngineProfiles PROFILES = EngineProfilesReader.read(Optional.empty());

  @Test
  void aProfileThatNoTestHasRunIsCalledUntested() {
    assertThat(text("mongodb")).startsWith("mongodb (UNTESTED: ").contains("try a restore");
    assertThat(text("postgresql")).isEqualTo("postgresql (tested with 15)");
  }

  @Test
  void anEngineThatComesBackAsAWholeIsSaidToDoSo() {
    assertThat(text("redis"))
        .contains("tested with 7.0, Valkey 9.1")
        .contains("as a whole, into an empty server")
        .contains("--to FILE");
  }

  private static String text(String name) {
    return ExplainedProfile.of(PROFILES.find(name).orElseThrow()).text();
  }
}
