package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VeleroHooksTest {
  private static final String COMMAND = "pre.hook.backup.velero.io/command";
  private static final Map<String, String> WANTED =
      Map.of("muster.dev/hooks", "checkpoint", COMMAND, "ours");

  @Test
  void nothingIsInTheWayOfOurs() {
    var managed = Managed.none().with(COMMAND, "ours before");
    var before =
        Map.of("muster.dev/managed", managed.text(), COMMAND, "ours before", "team", "shop");

    assertThat(VeleroHooks.beside(before, WANTED)).isEqualTo(WANTED);
  }

  @Test
  void anyOfAPersonKeepsAllOfOursAway() {
    assertThat(VeleroHooks.beside(Map.of("post.hook.backup.velero.io/timeout", "5m"), WANTED))
        .containsOnlyKeys("muster.dev/hooks");
    assertThat(VeleroHooks.beside(Map.of(COMMAND, "ours, as if"), WANTED))
        .containsOnlyKeys("muster.dev/hooks");
  }
}
