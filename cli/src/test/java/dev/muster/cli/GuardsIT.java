package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import dev.muster.testkit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the chart's policies let Muster's own identities do, asked of a real API server.
class GuardsIT {

  private static final LightBed BED = LightBed.shared();
  private static final String AUDITOR = "system:serviceaccount:muster:muster-auditor";
  private static final String DRILL = "system:serviceaccount:muster:muster-drill";

  @TempDir private static Path folder;

  @BeforeAll
  static void install() throws IOException {
    BED.kubectl("create", "namespace", "shop");
    Tools.run(
        Path.of("."),
        Tools.path("helm"),
        "--kubeconfig=" + BED.kubeconfig(),
        "install",
        "muster",
        Chart.folder().toString(),
        "-n",
        "muster",
        "--create-namespace");
    BED.kubectl("apply", "-f", Files.writeString(folder.resolve("db.json"), SET).toString());
    BED.kubectl(
        "-n",
        "shop",
        "create",
        "rolebinding",
        "muster-runner",
        "--clusterrole=muster-runner",
        "--serviceaccount=muster:muster-auditor");
    BED.kubectl(
        "create",
        "clusterrole",
        "namespaces",
        "--verb=get,patch,update",
        "--resource=namespaces,namespaces/status");
    BED.kubectl("create", "clusterrolebinding", "joe", "--clusterrole=namespaces", "--user=joe");
  }

  @Test
  void theAuditorWritesItsOwnKeys() {
    as(AUDITOR, "-n", "shop", "annotate", "statefulset", "db", "muster.dev/plan=standard");

    assertThat(BED.kubectl("-n", "shop", "get", "statefulset", "db", "-o", "yaml"))
        .contains("muster.dev/plan: standard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"metadata\":{\"annotations\":{\"other\":\"x\"}}} | only annotations under muster.dev",
        "{\"metadata\":{\"labels\":{\"app\":null}}} | only labels under muster.dev",
        "{\"metadata\":{\"finalizers\":[\"x/y\"]}} | neither owners nor finalizers",
        "{\"spec\":{\"replicas\":3}} | never a spec"
      })
  @Covers({"S2", "F14"})
  void theAuditorWritesNothingElse(String patch, String because) {
    assertThatThrownBy(() ->
            as(AUDITOR, "-n", "shop", "patch", "statefulset", "db", "--type=merge", "-p", patch))
        .hasMessageContaining(because);
  }

  @Test
  void theAuditorBindsItsRunnerToItself() {
    BED.kubectl("create", "namespace", "bound");

    as(
        AUDITOR,
        "-n",
        "bound",
        "create",
        "rolebinding",
        "muster-runner",
        "--clusterrole=muster-runner",
        "--serviceaccount=muster:muster-auditor");

    assertThat(BED.kubectl("-n", "bound", "get", "rolebindings")).contains("muster-runner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "patch", "delete"})
  void theAuditorOpensAndClosesTheNetworkOfRuns(String verb) {
    assertThat(
            as(AUDITOR, "auth", "can-i", verb, "networkpolicies.networking.k8s.io", "-n", "shop"))
        .startsWith("yes");
  }

  @ParameterizedTest
  @CsvSource({"cluster-admin, muster:muster-auditor", "muster-runner, shop:default"})
  void nothingElseIsBound(String role, String account) {
    assertThatThrownBy(() ->
            as(
                AUDITOR,
                "-n",
                "shop",
                "create",
                "rolebinding",
                "evil",
                "--clusterrole=" + role,
                "--serviceaccount=" + account))
        .hasMessageContaining("Forbidden".toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void jobsOfOurShapeAreLetIn() throws IOException {
    assertThat(create(AUDITOR, JOB.replace("NAME", "good"))).contains("created");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"image\":\"muster.test/muster:dev\"|\"image\":\"evil:1\"|Muster's image",
        "\"audience\":\"muster-run\"|\"audience\":\"api\"|for the run API only",
        "\"name\":\"pipes-volume\",\"mountPath\"|\"name\":\"token\",\"mountPath\"|only the mover sees the token",
        "\"backoffLimit\":0|\"backoffLimit\":3|tried once",
        "\"automountServiceAccountToken\":false|\"automountServiceAccountToken\":true|no token of the API",
        "\"privileged\":false|\"privileged\":true|privileged",
        "\"emptyDir\":{}|\"hostPath\":{\"path\":\"/\"}|nobody's data"
      })
  void jobsOfAnotherShapeAreNot(String good, String bad, String because) {
    String job = JOB.replace("NAME", "bad").replace(good, bad);

    assertThat(job).contains(bad);
    assertThatThrownBy(() -> create(AUDITOR, job)).hasMessageContaining(because);
  }

  @Test
  void aDrillWorksOnlyInNamespacesOfItsOwn() throws IOException {
    create(DRILL, NAMESPACE.replace("NAME", "muster-drill-a1"));
    as(
        DRILL,
        "-n",
        "muster-drill-a1",
        "create",
        "rolebinding",
        "d",
        "--clusterrole=muster-drill-sandbox",
        "--serviceaccount=muster:muster-drill");

    assertThat(as(DRILL, "-n", "muster-drill-a1", "create", "quota", "q", "--hard=pods=3"))
        .contains("created");
    assertThatThrownBy(() -> create(DRILL, NAMESPACE.replace("NAME", "other")))
        .hasMessageContaining("muster-drill-");
    assertThatThrownBy(() -> as(DRILL, "delete", "namespace", "shop"))
        .hasMessageContaining("muster.dev/drill");
    BED.kubectl("create", "namespace", "mislabelled");
    BED.kubectl(
        "label", "namespace", "mislabelled", "muster.dev/drill=a1", "muster.dev/role=drill");
    assertThatThrownBy(() -> as(DRILL, "delete", "namespace", "mislabelled"))
        .hasMessageContaining("muster-drill-");
    assertThatThrownBy(() ->
            as(
                DRILL,
                "-n",
                "shop",
                "create",
                "rolebinding",
                "d",
                "--clusterrole=muster-drill-sandbox",
                "--serviceaccount=muster:muster-drill"))
        .hasMessageContaining("muster.dev/drill");
  }

  @Test
  @Covers("O8")
  void whoMayEditNamespacesMayNotChangeEnforcementByThat() {
    assertThat(as("joe", "label", "namespace", "shop", "team=a")).contains("labeled");

    assertThatThrownBy(() -> as("joe", "label", "namespace", "shop", "muster.dev/enforce=audit"))
        .hasMessageContaining("enforcements.muster.dev");
    assertThatThrownBy(() -> as("joe", "label", "namespace", "shop", "muster.dev/plan=gold"))
        .hasMessageContaining("enforcements.muster.dev");
    assertThatThrownBy(() -> as("joe", "label", "namespace", "shop", "muster.dev/drill=x"))
        .hasMessageContaining("enforcements.muster.dev");
    String change = "{\"metadata\":{\"labels\":{\"muster.dev/enforce\":\"audit\"}}}";
    assertThatThrownBy(
            () -> as("joe", "patch", "namespace", "shop", "--subresource=status", "-p", change))
        .hasMessageContaining("enforcements.muster.dev");
  }

  private static String as(String user, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--as=" + user);
    all.add("--as-group=system:authenticated");
    return BED.kubectl(all.toArray(String[]::new));
  }

  private static String create(String user, String object) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "object", ".json"), object);
    return as(user, "create", "-f", file.toString());
  }

  private static final String SET =
      """
      {"apiVersion":"apps/v1","kind":"StatefulSet",
       "metadata":{"name":"db","namespace":"shop","labels":{"app":"db"}},
       "spec":{"serviceName":"db","selector":{"matchLabels":{"app":"db"}},
        "template":{"metadata":{"labels":{"app":"db"}},
         "spec":{"containers":[{"name":"db","image":"db"}]}}}}
      """;

  private static final String NAMESPACE =
      """
      {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"NAME",
       "labels":{"muster.dev/drill":"a1","muster.dev/enforce":"audit"}}}
      """;

  private static final String JOB =
      """
      {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"NAME","namespace":"shop"},
       "spec":{"backoffLimit":0,"activeDeadlineSeconds":60,"template":{
        "metadata":{"labels":{"muster.dev/role":"backup","muster.dev/run-id":"x"}},
        "spec":{"restartPolicy":"Never","automountServiceAccountToken":false,
         "initContainers":[{"name":"pipes","image":"muster.test/muster:dev"}],
         "containers":[
          {"name":"mover","image":"muster.test/muster:dev","volumeMounts":[{"name":"token","mountPath":"/t"}]},
          {"name":"dump-a","image":"postgres:15","securityContext":{"privileged":false},
           "volumeMounts":[{"name":"pipes-volume","mountPath":"/m"}]}],
         "volumes":[{"name":"pipes-volume","emptyDir":{}},
          {"name":"token","projected":{"sources":[
           {"serviceAccountToken":{"audience":"muster-run","path":"token"}}]}}]}}}}
      """;
}
