package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastWordsTest {

  @Test
  void theErrorIsToldAndNotTheStatementAroundIt() {
    String mariadb =
        "--------------\nSELECT a\n  FROM b\n--------------\n\nERROR 1242 (21000) at line 4: more than 1 row\n";
    String restore =
        "pg_restore: error: could not execute query: type \"mood\" does not exist\nCommand was: CREATE TABLE t (\n m mood\n);\n";

    assertThat(LastWords.of(mariadb)).isEqualTo("ERROR 1242 (21000) at line 4: more than 1 row");
    assertThat(LastWords.of(restore)).endsWith("type \"mood\" does not exist");
  }

  @Test
  void withoutAnErrorTheLastLinesAreToldOnOne() {
    assertThat(LastWords.of("a\nb\n\nc\td\ne\n")).isEqualTo("b | c d | e");
  }

  @Test
  void linesThatQuoteRowsAreNot() {
    assertThat(LastWords.of("ERROR: duplicate key\nDETAIL: error: Key (mail)=(x@y) exists\n"))
        .isEqualTo("ERROR: duplicate key");
  }
}
