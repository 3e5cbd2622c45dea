package dev.muster.auditor.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.Policies;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.WorkloadRef;
import dev.muster.policies.ContainerShape;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataDirectoryTest {
  private static final PolicyRecognition ENGINES =
      new PolicyRecognition(
          Policies.ENGINE, Policies.CONFIGURATION, Policies.PROFILES, InstantSource.system());
  private static final ContractReading NOTHING =
      new ContractReader(Policies.CONFIGURATION.vocabulary(Policies.PROFILES))
          .read(
              new WorkloadRef("StatefulSet", "shop", "db", ""),
              ContractSources.of(Map.of(), Map.of()));

  /// A volume is called like its mount.
  @ParameterizedTest
  @CsvSource({
    "postgres,            /var/lib/postgresql/data,                              /var/lib/postgresql/data",
    "postgres,            /var/lib/postgresql/data/,                             /var/lib/postgresql/data/",
    "postgres,            /var/lib/postgresql,                                   /var/lib/postgresql",
    "bitnami/postgresql,  /bitnami/postgresql /bitnami/postgresql/conf,          /bitnami/postgresql",
    "bitnami/postgresql,  /bitnami /docker-entrypoint-initdb.d,                  /bitnami",
    "postgres,            /var/lib/postgresql/data /var/lib/postgresql/archive,  /var/lib/postgresql/data",
    "postgres,            /var/lib/postgresql /var/lib/postgresql/data,          /var/lib/postgresql/data",
    "postgres,            /var/lib/postgresql/data /var/lib/postgresql/data/pg_wal, /var/lib/postgresql/data /var/lib/postgresql/data/pg_wal",
    "postgres,            /var/lib/postgresql /var/lib/postgresql/archive/,      /var/lib/postgresql",
    "postgres,            /var/lib /var/lib/postgresql/17/main,                  /var/lib",
    "postgres,            /var/lib/postgresql/17/main,                           /var/lib/postgresql/17/main",
    "postgres,            /var/lib/postgresql-archive /var/lib/postgres,         ''",
    "mongo,               /data/db /data/configdb,                               /data/db",
    "confluent/cp-kafka,  /var/lib/kafka/data-0 /var/lib/kafka/data-1,           /var/lib/kafka/data-0 /var/lib/kafka/data-1",
    "nginx,               /data/db,                                              ''",
  })
  void theVolumeAtTheDirectoryCountsElseOneAboveItElseThoseWithin(
      String image, String mounts, String holding) {
    List<ContainerShape> containers = List.of(container("db", image, mounts.split(" ")));

    assertThat(ENGINES.recognised(containers, NOTHING).volumes())
        .containsExactlyInAnyOrder(
            Stream.of(holding.split(" ")).filter(each -> !each.isEmpty()).toArray(String[]::new));
  }

  @Test
  void whatAnotherContainerMountsDoesNotCount() {
    List<ContainerShape> containers =
        List.of(
            container("db", "confluent/cp-kafka", "/var/lib/kafka/data"),
            container("agent", "acme/agent", "/var/lib/redpanda/data"));
    Recognised recognised = ENGINES.recognised(containers, NOTHING);

    assertThat(recognised.name()).isEqualTo("kafka");
    assertThat(recognised.engine()).as("no profile knows it").isEmpty();
    assertThat(recognised.volumes()).containsExactly("/var/lib/kafka/data");
  }

  private static ContainerShape container(String name, String image, String... mounts) {
    return new ContainerShape(
        name,
        image,
        List.of(),
        List.of(),
        Arrays.stream(mounts).map(path -> new ContainerShape.Mount(path, path)).toList());
  }
}
