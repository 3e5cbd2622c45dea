package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columnsAreAsWideAsTheirLongestWord() {
    Table table = new Table("NAME", "STATE");
    table.row("a-long-name", "ok");
    table.row("b", "");

    assertThat(printed(table)).isEqualTo("NAME         STATE\na-long-name  ok\nb            -\n");
  }

  @Test
  void controlCharactersOfOtherPeopleDoNotReachTheTerminal() {
    Table table = new Table("NAME");
    table.row("x\u001b[2Jy\n\u009b\u202e");

    assertThat(printed(table)).isEqualTo("NAME\nx?[2Jy???\n");
  }

  @Test
  void newsOfARunKeepTheirLinesAndNothingThatSteers() {
    RunNews news = new RunNews("RestoreFailed", "table \u001b]0;owned\u0007\nnext", "", "");

    assertThat(news.text()).isEqualTo("RestoreFailed  table ?]0;owned?\nnext");
  }

  @Test
  void aRowOfAnotherWidthIsABug() {
    assertThatThrownBy(() -> new Table("A", "B").row("a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String printed(Table table) {
    StringWriter out = new StringWriter();
    table.print(new PrintWriter(out));
    return out.toString();
  }
}
