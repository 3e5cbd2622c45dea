package dev.muster.auditor.controls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTest {

  @ParameterizedTest
  @EnumSource
  void isReadBackFromItsWord(Status status) {
    assertThat(Status.of(status.word())).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"PASS", "passed", "''"})
  void anyOtherWordIsNoPass(String word) {
    assertThat(Status.of(word)).isEqualTo(Status.NOT_EVALUATED);
  }
}
