package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8443, 127.0.0.1, 8443",
    "localhost:0, localhost, 0",
    "[::1]:8443, ::1, 8443",
    "0.0.0.0:65535, 0.0.0.0, 65535"
  })
  void hostAndPortAreTakenApart(String text, String host, int port) {
    assertThat(new ListenAddress.Option().convert(text)).isEqualTo(new ListenAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "8443", ":8443", "host:", "host:65536", "host:-1", "::1:8443", "a b:1"})
  void otherTextsAreRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> new ListenAddress.Option().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("127.0.0.1:8443");
  }
}
