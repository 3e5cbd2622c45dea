package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `muster audit PATH`: no cluster, no configuration.
class AuditManifestsTest {

  private static final String SET =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: { name: NAME, annotations: ANNOTATIONS }
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
      ---
      apiVersion: monitoring.example/v1
      kind: Rule
      metadata: { name: other }
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                | Unprotected | nobody-asked     | 1",
        "{ muster.dev/protect: 'true' }                    | IntentOnly  | not-yet          | 0",
        "{ muster.dev/protect: 'true', muster.dev/rpo: x } | Unprotected | invalid-contract | 1",
        "{ muster.dev/protect: 'false' }                   | Unprotected | opted-out        | 1"
      })
  void claimsToComeHaveAVerdict(String annotations, String verdict, String reason, int code)
      throws Exception {
    write("set.yaml", SET.replace("NAME", "db").replace("ANNOTATIONS", annotations));

    assertThat(run("-o", "json", folder.toString())).as(err.toString()).isEqualTo(code);

    JsonNode volumes = new ObjectMapper().readTree(out.toString()).path("volumes");
    assertThat(volumes).hasSize(1);
    assertThat(volumes.get(0).path("name").asText()).isEqualTo("data-db-0");
    assertThat(volumes.get(0).path("namespace").asText()).isEqualTo("default");
    assertThat(volumes.get(0).path("verdict").asText()).isEqualTo(verdict);
    assertThat(volumes.get(0).path("reason").asText()).isEqualTo(reason);
  }

  @Test
  void whatFailsIsTheUsersChoice() throws Exception {
    write("set.yaml", SET.replace("NAME", "db").replace("ANNOTATIONS", "{}"));

    assertThat(run("--fail-on", "stale,failing", folder.toString())).isZero();
    assertThat(run("--fail-on", "UNPROTECTED", folder.toString())).isEqualTo(Exit.FAILED);
    assertThat(run("--fail-on", "green", folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("--fail-on", "green", "Unprotected");
  }

  @Test
  void aNamespaceInTheSameFilesCounts() throws Exception {
    write("set.yaml", SET.replace("NAME", "db").replace("ANNOTATIONS", "{}"));
    write(
        "namespace.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  annotations: {muster.dev/protect: 'true'}\n");

    assertThat(run("-n", "shop", folder.toString())).as(out.toString()).isZero();
    assertThat(run("-n", "bank", folder.toString())).isEqualTo(Exit.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: db }, spec: 7 } | StatefulSet db",
        "{ apiVersion: v1, kind: Pod, metadata: {} }                                  | no metadata.name",
        "{ apiVersion: v1, kind: Pod }                                                | no metadata.name",
        "{ kind: Pod }                                                                | apiVersion",
        "''                                                                           | no objects"
      })
  void otherShapesAreBadInputThatNamesThem(String manifest, String named) throws Exception {
    write("odd.yaml", manifest);

    assertThat(run(folder.toString())).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains(named);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text);
  }

  private int run(String... arguments) {
    return Invocation.run(out, err, "audit", arguments);
  }
}
