package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MoverMainTest {

  @Test
  void repeatedOptionsKeepTheirOrder() {
    MoverOptions options =
        MoverOptions.parse(List.of("--stream", "globals", "--stream", "db-app", "--dir", "/x"));

    assertThat(options.all("stream")).containsExactly("globals", "db-app");
    assertThat(options.one("dir", "/muster")).isEqualTo("/x");
    assertThat(options.one("ticket", "/t")).isEqualTo("/t");
  }

  @Test
  void optionWithoutValueIsRefused() {
    assertThatThrownBy(() -> MoverOptions.parse(List.of("--dir"))).isInstanceOf(BadInput.class);
    assertThatThrownBy(() -> MoverOptions.parse(List.of("dir", "x"))).isInstanceOf(BadInput.class);
  }

  @Test
  void unknownVerbIsBadInput() {
    assertThat(MoverMain.run(List.of("dance"), Map.of())).isEqualTo(Exit.BAD_INPUT);
  }
}
