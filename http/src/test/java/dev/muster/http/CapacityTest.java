package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {

  @ParameterizedTest
  @CsvSource({"64, 8", "256, 32", "1024, 224", "1048576, 2000", "9223372036854775807, 2000"})
  void connections_fit_into_the_files_that_a_process_may_open(long files, int connections) {
    assertThat(Capacity.connections(files)).isEqualTo(connections);
  }
}
