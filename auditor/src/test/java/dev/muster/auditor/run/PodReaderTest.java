package dev.muster.auditor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.Json;
import dev.muster.repository.wire.Termination;
import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReaderTest {

  private static final Instant ENDED = Instant.parse("2026-11-01T02:00:00Z");
  private static final Duration WORD = Duration.ofSeconds(30);

  /// A dump whose reader is gone fails of its broken pipe.
  @ParameterizedTest
  @CsvSource({
    "BlockedNetwork, NETWORK",
    "Store, MOVER",
    "Internal, MOVER",
    "UnexpectedFormat, DUMP",
    "ProducerSilent, DUMP",
    "StreamLost, DUMP"
  })
  void moverExplainsAFailedDumpUnlessItSpeaksOfTheDump(String word, FailureReason cause) {
    Termination last = new Termination(Termination.Outcome.failed, word, "detail");
    String message = new String(Json.encode(last), StandardCharsets.UTF_8);

    PodReading reading = PodReader.read(pod(ended("mover", 1, message)), ENDED);

    assertThat(reading)
        .isInstanceOfSatisfying(
            PodReading.Broken.class, broken -> assertThat(broken.reason()).isEqualTo(cause));
  }

  @Test
  @Covers("F19")
  void moverThatIsKilledExplainsAFailedDump() {
    assertThat(PodReader.read(pod(ended("mover", 137, "")), ENDED))
        .isEqualTo(new PodReading.Broken(FailureReason.MOVER, "container mover ended with 137"));
  }

  @Test
  void moverThatStillRunsIsWaitedForAWhile() {
    Pod pod = pod(Kubelet.running("mover"));

    assertThat(PodReader.read(pod, ENDED.plus(WORD).minusMillis(1)))
        .isInstanceOf(PodReading.Underway.class);
    assertThat(PodReader.read(pod, ENDED.plus(WORD)))
        .isEqualTo(
            new PodReading.Broken(FailureReason.DUMP, "container dump-main ended with 1: broken"));
  }

  @Test
  void anotherDumpThatEndsWellProlongsNoWait() {
    ContainerStatus other = ended("dump-other", 0, "");
    other.getState().getTerminated().setFinishedAt(ENDED.plus(WORD).toString());

    assertThat(PodReader.read(pod(Kubelet.running("mover"), other), ENDED.plus(WORD)))
        .isInstanceOf(PodReading.Broken.class);
  }

  @Test
  void whyTheProbeEndedIsToldBesideTheDumpThatLostItsSnapshot() {
    PodReading reading =
        PodReader.read(pod(ended("probe-main", 3, "ERROR: invalid byte sequence")), ENDED);

    assertThat(reading)
        .isEqualTo(
            new PodReading.Broken(
                FailureReason.DUMP,
                "container dump-main ended with 1: broken;"
                    + " container probe-main ended with 3: ERROR: invalid byte sequence"));
  }

  private static Pod pod(ContainerStatus... others) {
    return new PodBuilder()
        .withNewMetadata()
        .withCreationTimestamp("2026-11-01T01:00:00Z")
        .endMetadata()
        .withNewStatus()
        .withPhase("Running")
        .withContainerStatuses(ended("dump-main", 1, "broken"))
        .addToContainerStatuses(others)
        .endStatus()
        .build();
  }

  private static ContainerStatus ended(String name, int code, String message) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withMessage(message)
        .withFinishedAt(ENDED.toString())
        .endTerminated()
        .endState()
        .build();
  }
}
