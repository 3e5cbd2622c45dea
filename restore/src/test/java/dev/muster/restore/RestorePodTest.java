package dev.muster.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RestorePodTest {
  private static final String SCRIPT = "id=$$; exec pg_restore \"$(cat x)\" ${A}";

  private final Client client =
      new Client(
          "muster.test/postgres:15",
          "IfNotPresent",
          List.of(new EnvVar("MUSTER_HOST", "elsewhere", null)),
          List.of(),
          List.of(),
          new SecurityContextBuilder().withRunAsUser(70L).withPrivileged(true).build(),
          null);
  private final PodSpec pod =
      new RestorePod("muster:1", "IfNotPresent", Optional.of("PEM"), Duration.ofHours(1))
          .restore(
              List.of("globals", "db-app"),
              client,
              List.of(
                  new Step("client-globals", SCRIPT, Map.of("MUSTER_HOST", "10.0.0.1")),
                  new Step("client-db-app", SCRIPT, Map.of("MUSTER_HOST", "10.0.0.1"))));

  @Test
  @Covers("F93")
  void noContainerHasATokenARightToEscalateOrACapability() {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(all())
        .allSatisfy(container -> {
          var security = container.getSecurityContext();
          assertThat(security.getAllowPrivilegeEscalation()).isFalse();
          assertThat(security.getPrivileged()).isNull();
          assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        });
  }

  @Test
  void onlyTheMoverSeesTheTicket() {
    assertThat(all().filter(container -> mounts(container).contains("ticket")))
        .extracting(Container::getName)
        .containsExactly(RestorePod.MOVER);
    assertThat(pod.getVolumes())
        .allSatisfy(v -> assertThat(v.getEmptyDir().getMedium()).isEqualTo("Memory"));
  }

  @Test
  void theKubeletHandsScriptsOverUnexpanded() {
    String handed = value(container("client-db-app"), "MUSTER_SCRIPT").replace("$$", "$");

    assertThat(handed).isEqualTo(SCRIPT);
  }

  @Test
  void clientsRunOneAfterAnother() {
    assertThat(value(container("client-globals"), "MUSTER_AFTER")).isEmpty();
    assertThat(value(container("client-db-app"), "MUSTER_AFTER")).isEqualTo("client-globals");
  }

  @Test
  void noVariableOfTheWorkloadReplacesOneOfOurs() {
    assertThat(container("client-db-app").getEnv())
        .filteredOn(variable -> variable.getName().equals("MUSTER_HOST"))
        .last()
        .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("10.0.0.1"));
  }

  private Stream<Container> all() {
    return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream());
  }

  private Container container(String name) {
    return all().filter(container -> container.getName().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> mounts(Container container) {
    return container.getVolumeMounts().stream().map(VolumeMount::getName).toList();
  }

  private static String value(Container container, String name) {
    return container.getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(variable -> variable.getValue() == null ? "" : variable.getValue())
        .findFirst()
        .orElseThrow();
  }
}
