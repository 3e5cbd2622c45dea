package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@Covers("F12")
class HandshakesTest {
  private final List<String> said = new ArrayList<>();
  private final Handshakes handshakes = new Handshakes(2, 3);

  @Test
  void fewRunAtATimeAndTheYoungestIsNext() {
    arrive("a", "b", "c", "d");
    assertThat(said).containsExactly("begin a", "begin b");

    handshakes.ended();
    handshakes.ended();
    handshakes.ended();

    assertThat(said).containsExactly("begin a", "begin b", "begin d", "begin c");
  }

  @Test
  void whoHasLeftTakesNoTurn() {
    arrive("a", "b", "c");
    var gone = turn("d");
    handshakes.arrived(gone);

    handshakes.left(gone);
    handshakes.ended();

    assertThat(said).containsExactly("begin a", "begin b", "begin c");
  }

  @Test
  void whereTooManyWaitTheEldestIsTurnedAway() {
    arrive("a", "b", "c", "d", "e", "f");

    assertThat(said).containsExactly("begin a", "begin b", "turn away c");
  }

  @Test
  void oneMayEndWhileItBegins() {
    handshakes.arrived(ending("a"));
    handshakes.arrived(ending("b"));
    handshakes.arrived(ending("c"));

    assertThat(said).containsExactly("begin a", "begin b", "begin c");
  }

  private void arrive(String... names) {
    for (var name : names) {
      handshakes.arrived(turn(name));
    }
  }

  private Handshakes.Turn ending(String name) {
    return new Recorded(name) {
      @Override
      public void begin() {
        super.begin();
        handshakes.ended();
      }
    };
  }

  private Handshakes.Turn turn(String name) {
    return new Recorded(name);
  }

  private class Recorded implements Handshakes.Turn {
    private final String name;

    Recorded(String name) {
      this.name = name;
    }

    @Override
    public void begin() {
      said.add("begin " + name);
    }

    @Override
    public void turnAway() {
      said.add("turn away " + name);
    }
  }
}
