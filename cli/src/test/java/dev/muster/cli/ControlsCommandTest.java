package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `muster controls PATH`: no cluster, no configuration.
class ControlsCommandTest {

  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: db, labels: { app: db }, annotations: ANNOTATIONS }
      spec:
        serviceName: db
        selector: { matchLabels: { app: db } }
        template:
          metadata: { labels: { app: db } }
          spec:
            containers:
              - name: db
                image: postgres:15
                volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
        volumeClaimTemplates:
          - metadata: { name: data }
            spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void whatNobodyAskedForFails() throws Exception {
    write("set.yaml", SET.replace("ANNOTATIONS", "{}"));

    assertThat(run("--details", manifests())).as(err.toString()).isEqualTo(Exit.FAILED);

    assertThat(out.toString().lines())
        .contains(
            "CONTROL                           PASS  FAIL  WAIVED  NOT EVALUATED  N/A",
            "protected-by-plan                 0     1     0       0              0")
        .anyMatch(line ->
            line.matches(
                "protected-by-plan +default +data-db-0 +StatefulSet/db +nobody asked for protection:"
                    + " set muster.dev/protect: \"true\" on the workload or its namespace"))
        .anyMatch(line -> line.matches("newest-point-within +1 +nothing is deployed yet: .+"));
  }

  @Test
  void whatIsAskedForPassesWithoutBeingProven() throws Exception {
    write("set.yaml", SET.replace("ANNOTATIONS", "{ muster.dev/protect: 'true' }"));

    assertThat(run("-o", "json", manifests())).as(err.toString()).isEqualTo(Exit.OK);

    JsonNode controls = new ObjectMapper().readTree(out.toString()).path("controls");
    assertThat(controls).hasSize(16);
    for (JsonNode control : controls) {
      String id = control.path("id").asText();
      int passed = id.startsWith("plan-") ? 1 : 0;
      assertThat(control.path("pass").asInt()).as(id).isEqualTo(passed);
      assertThat(control.path("fail").asInt()).as(id).isZero();
    }
  }

  @Test
  void aPlanProtectsWhereTheConfigurationHasItRun() throws Exception {
    write("set.yaml", SET.replace("ANNOTATIONS", "{ muster.dev/protect: 'true' }"));
    String running =
        """
        stores: { main: { endpoint: "https://s3", bucket: b } }
        recipients: [%s]
        signing: { key-file: /signing.pem }
        """
            .formatted("age1" + "q".repeat(58));
    write("on.yaml", running);
    write("off.yaml", running + "backups: false");

    assertThat(run("--config", folder.resolve("on.yaml").toString(), manifests()))
        .as(err.toString())
        .isEqualTo(Exit.OK);
    assertThat(out.toString().lines()).anyMatch(line -> line.matches("protected-by-plan +1 +0 .*"));
    assertThat(run("--config", folder.resolve("off.yaml").toString(), manifests()))
        .isEqualTo(Exit.FAILED);
  }

  @Test
  void onlyTheControlsThatAreWantedEndWithOne() throws Exception {
    write("set.yaml", SET.replace("ANNOTATIONS", "{}"));

    assertThat(run("--control", "store-locked,waiver-not-expired", manifests())).isEqualTo(Exit.OK);
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(run("--control", "protected-by-plan", manifests())).isEqualTo(Exit.FAILED);
    assertThat(run("--control", "encrypted", manifests())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--control", "encrypted", "points-encrypted");
  }

  @Test
  void parametersAndScopesAreThoseOfTheConfiguration() throws Exception {
    write("set.yaml", SET.replace("ANNOTATIONS", "{ muster.dev/protect: 'true' }"));
    Path file =
        Files.writeString(
            folder.resolve("muster.yaml"),
            """
            controls:
              scopes:
                - { workload-labels: { app: db }, plan-frequency-and-retention: { retention: 5000d } }
            """);

    assertThat(run("--config", file.toString(), manifests())).isEqualTo(Exit.FAILED);
    assertThat(run(manifests())).isEqualTo(Exit.OK);
  }

  private String manifests() {
    return folder.resolve("set.yaml").toString();
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    return Invocation.run(out, err, "controls", arguments);
  }
}
