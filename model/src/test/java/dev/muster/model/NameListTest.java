package dev.muster.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NameListTest {

  @Test
  void namesBeyondTheLimitAreCounted() {
    assertThat(NameList.shortened(List.of("a", "b", "c", "d"), 2)).isEqualTo("a, b and 2 more");
    assertThat(NameList.shortened(List.of("a", "b"), 2)).isEqualTo("a, b");
    assertThat(NameList.shortened(List.of(), 2)).isEmpty();
  }

  @Test
  void namesCannotSteerATerminal() {
    assertThat(NameList.shortened(List.of("a\nb", "\u001b[31mc"), 2)).isEqualTo("a?b, ?[31mc");
  }
}
