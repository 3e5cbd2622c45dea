package dev.muster.auditor.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsesTest {
  private static final String TEMPLATE =
      """
      "template": {"spec": {"containers": [{"name": "c", "volumeMounts": [
        {"name": "data", "mountPath": "/data"}, {"name": "files", "mountPath": "/files"},
        {"name": "scratch", "mountPath": "/scratch"}]}],
        "volumes": [{"name": "files", "persistentVolumeClaim": {"claimName": "shared"}},
          {"name": "scratch", "ephemeral": {}}]}}
      """;

  private final OneRoom ns = new OneRoom();

  @ParameterizedTest
  @CsvSource({
    "data-db-0, '', db data c:/data",
    "data-db-17, '', db data c:/data",
    "data-db-x, '', none",
    "data-db-00, '', none",
    "data-db-07, '', none",
    "data-db-, '', none",
    "-0, '', none",
    "0, '', none",
    "data-other-0, '', none",
    "shared, '', db files c:/files",
    "data-db-3, '', db data c:/data",
    "web-5d8-abcde-scratch, Pod/web-5d8-abcde, web scratch c:/scratch",
    "db-0-scratch, Pod/db-0, db scratch c:/scratch",
    "tool-scratch, Pod/tool, tool scratch c:/scratch",
    "copy-29-x-scratch, Pod/copy-29-x, copy scratch c:/scratch",
    "oddly-named, Pod/db-0, none",
    "db-0-scratch, Pod/gone, none",
    "db-0-scratch, Cluster/db-0, none",
  })
  void aClaimIsFoundByTemplateByNameOrByItsPod(String claim, String owner, String expected)
      throws Exception {
    put(
        Kind.STATEFUL_SET,
        "db",
        "",
        TEMPLATE + ", \"volumeClaimTemplates\": [" + claim("data") + "]");
    put(Kind.DEPLOYMENT, "web", "", TEMPLATE);
    put(
        Kind.DAEMON_SET,
        "backup-agent",
        "",
        TEMPLATE.replace("\"shared\"", "\"data-db-3\"").replace("/files", "/elsewhere"));
    put(Kind.CRON_JOB, "copy", "", "\"jobTemplate\": {\"spec\": {" + TEMPLATE + "}}");
    put(Kind.POD, "tool", "", POD);
    put(Kind.POD, "copy-29-x", "Job/copy-29", VOLUMES);
    put(Kind.POD, "db-0", "StatefulSet/db", VOLUMES);
    put(Kind.POD, "web-5d8-abcde", "ReplicaSet/web-5d8", VOLUMES);
    ClaimFacts facts = (ClaimFacts) put(Kind.CLAIM, claim, owner, "\"volumeName\": \"\"");

    Optional<Use> use = new Uses(ns.room()).of(facts);

    assertThat(use.map(UsesTest::said).orElse("none")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"shared, db, web copy", "data-db-3, db, agent", "data-db-0, db, ''"})
  void whoElseUsesAClaimIsToldInTheirOrder(String claim, String first, String others)
      throws Exception {
    put(Kind.CRON_JOB, "copy", "", "\"jobTemplate\": {\"spec\": {" + TEMPLATE + "}}");
    put(Kind.DAEMON_SET, "agent", "", TEMPLATE.replace("\"shared\"", "\"data-db-3\""));
    put(Kind.DEPLOYMENT, "web", "", TEMPLATE);
    put(
        Kind.STATEFUL_SET,
        "db",
        "",
        TEMPLATE + ", \"volumeClaimTemplates\": [" + claim("data") + "]");
    ClaimFacts facts = (ClaimFacts) put(Kind.CLAIM, claim, "", "\"volumeName\": \"\"");
    Uses uses = new Uses(ns.room());

    Use use = uses.of(facts).orElseThrow();

    assertThat(use.workload().metadata().name()).isEqualTo(first);
    assertThat(uses.others(claim, use))
        .extracting(other -> other.workload().metadata().name())
        .containsExactly(others.isEmpty() ? new String[0] : others.split(" "));
  }

  private static final String POD =
      """
      "containers": [{"name": "c", "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}]}],
      "volumes": [{"name": "scratch", "ephemeral": {}}]
      """;

  @ParameterizedTest
  @CsvSource({
    "/www, false",
    "/www:/srv, true",
    "/srv/db, false",
    "/, true",
    "'', false",
  })
  void aVolumeThatIsMountedInPartsIsWithinWhatHoldsThemAll(String paths, boolean within) {
    Use use =
        new Use(
            new WorkloadFacts(
                "Deployment", ObjectReader.NOBODY, 1, 0, PodShape.NONE, java.util.List.of()),
            "data",
            java.util.Set.of("c:/www", "c:/srv/db"));

    assertThat(use.within(java.util.Set.of(paths.split(":")))).isEqualTo(within);
  }

  private static final String VOLUMES = "\"volumes\": [{\"name\": \"scratch\", \"ephemeral\": {}}]";

  private static String said(Use use) {
    return use.workload().metadata().name()
        + " "
        + use.volume()
        + " "
        + String.join(" ", use.mounts());
  }

  private static String claim(String name) {
    return "{\"metadata\": {\"name\": \"" + name + "\"}}";
  }

  private Facts put(Kind kind, String name, String owner, String spec)
      throws JsonProcessingException {
    return ns.put(kind, name, owner, "", spec);
  }
}
