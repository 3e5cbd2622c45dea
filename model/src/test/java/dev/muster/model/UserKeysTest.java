package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserKeysTest {

  @Test
  void whatMusterWroteIsNotTheUsersUntilTheyChangeIt() {
    var written = managed("muster.dev/plan", "standard");

    assertThat(UserKeys.of(Map.of("muster.dev/managed", written, "muster.dev/plan", "standard")))
        .isEmpty();
    assertThat(UserKeys.of(Map.of("muster.dev/managed", written, "muster.dev/plan", "gold")))
        .containsOnlyKeys("muster.dev/plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"protect", "waiver-owner", "exclude-volumes", "run"})
  @Covers("O8")
  void whoeverSignsInMustersNameStillOptsOutHimself(String key) {
    var annotation = "muster.dev/" + key;
    var forged = managed(annotation, "false");

    assertThat(UserKeys.of(Map.of("muster.dev/managed", forged, annotation, "false")))
        .containsEntry(annotation, "false");
  }

  private static String managed(String key, String value) {
    return Managed.none().with(key, value).text();
  }
}
