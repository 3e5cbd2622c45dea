package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PodStateTest {

  @Test
  @Covers("F38")
  void anExitCodeIsWhatTheKubeletReports() {
    Pod pod = pod("Failed", ended("mover", 0, "Completed"), ended("client", 7, "Error"));

    PodState state = PodState.of(Optional.of(pod));

    assertThat(state)
        .isInstanceOfSatisfying(
            PodState.Ended.class,
            it -> {
              assertThat(it.container("client"))
                  .hasValueSatisfying(c -> assertThat(c.succeeded()).isFalse());
              assertThat(it.container("mover"))
                  .hasValueSatisfying(c -> assertThat(c.succeeded()).isTrue());
            });
  }

  @Test
  void aContainerThatStillRunsKeepsThePodFromHavingEnded() {
    Pod pod = pod("Running", ended("mover", 0, "Completed"), new ContainerStatus());

    assertThat(PodState.of(Optional.of(pod)))
        .isInstanceOfSatisfying(PodState.Running.class, it -> assertThat(it.ended()).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Evicted", "DeadlineExceeded", "NodeLost", "Preempting"})
  @Covers({"F25", "F28"})
  void exitCodesOfAPodThatWasTakenAwaySayNothing(String reason) {
    Pod pod = pod("Failed", ended("mover", 137, "Error"), ended("client", 137, "Error"));
    pod.getStatus().setReason(reason);

    assertThat(PodState.of(Optional.of(pod)))
        .isInstanceOfSatisfying(
            PodState.Lost.class, it -> assertThat(it.reason()).contains(reason));
  }

  @Test
  @Covers("F28")
  void aPodThatNoNodeTakesSaysWhy() {
    Pod pod =
        new PodBuilder(pod("Pending"))
            .editStatus()
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withMessage("0/1 nodes are available")
            .endCondition()
            .endStatus()
            .build();

    assertThat(PodState.of(Optional.of(pod)))
        .isEqualTo(new PodState.Stuck("not scheduled: 0/1 nodes are available"));
  }

  @Test
  void anInitContainerThatFailsEndsThePod() {
    Pod pod = pod("Failed");
    pod.getStatus().setInitContainerStatuses(List.of(ended("beacon", 3, "Error")));

    assertThat(PodState.of(Optional.of(pod)))
        .isInstanceOfSatisfying(
            PodState.Ended.class, it -> assertThat(it.container("beacon")).isPresent());
  }

  @Test
  void anAbsentPodIsLost() {
    assertThat(PodState.of(Optional.empty())).isInstanceOf(PodState.Lost.class);
  }

  private static Pod pod(String phase, ContainerStatus... statuses) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("p")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("mover")
        .endContainer()
        .addNewContainer()
        .withName("client")
        .endContainer()
        .endSpec()
        .withNewStatus()
        .withPhase(phase)
        .withContainerStatuses(statuses)
        .endStatus()
        .build();
  }

  private static ContainerStatus ended(String name, int code, String reason) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withNewState()
        .withNewTerminated()
        .withExitCode(code)
        .withReason(reason)
        .endTerminated()
        .endState()
        .build();
  }
}
