package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Dumps that go wrong: each leaves the point absent and a reason that stays.
@SystemTest
@Needs(Part.AUDITORS)
final class FaultyDumpST {

  private final Node node;

  FaultyDumpST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F38")
  void dumpThatExitsNonZeroAfterAllOfItsOutputIsAbsent() {
    JsonNode failure = failureOf("exits-seven");

    assertThat(failure.path("reason").asText()).isEqualTo("DumpFailed");
    assertThat(failure.path("detail").asText()).contains("7");
  }

  @Test
  @Covers("F27")
  void dumpThatRunsOutOfMemoryIsAbsent() {
    JsonNode failure = failureOf("out-of-memory");

    assertThat(failure.path("reason").asText()).isEqualTo("OutOfMemory");
  }

  @Test
  @Covers("F40")
  void dumpThatNeverOpensItsPipeIsAbsent() {
    JsonNode failure = failureOf("silent");

    assertThat(failure.path("reason").asText()).isEqualTo("Deadline");
  }

  private JsonNode failureOf(String profile) {
    try (Tenant tenant = Tenant.listener(node.kubectl(), "faulty", profile)) {
      Backup backup = Backup.ask(node, tenant);

      JsonNode failure = backup.failed(Duration.ofMinutes(3));

      assertThat(backup.manifests()).isEmpty();
      return failure;
    }
  }
}
