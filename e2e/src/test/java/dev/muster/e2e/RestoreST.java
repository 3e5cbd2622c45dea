package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `muster restore` from outside the cluster, judged by the database.
@SystemTest
final class RestoreST {

  private static final Path IDENTITY = Node.ROOT.resolve("target/demo/keys/identity.txt");
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String SUM =
      "SELECT count(*) || ' ' || sum(hashtext(t::text)) FROM public.t t";

  private final Node node;

  RestoreST(Node node) {
    this.node = node;
  }

  @Test
  @Covers("F87")
  @ResourceLock(Part.AUDITORS)
  void lostTableComesBackRowByRowWithoutALivingAuditor() {
    try (Tenant tenant = Tenant.database(node.kubectl(), "lost", "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      String before = tenant.psql("db-0", SUM);
      tenant.psql("db-0", "DROP TABLE public.t");
      scale("muster-auditor", 0);
      try {
        restore(point, "--table", "public.t").orFail();
      } finally {
        scale("muster-auditor", 2);
      }

      assertThat(tenant.psql("db-0", SUM)).isEqualTo(before);
      assertThat(node.kubectl().ok("get", "jobs", "-n", tenant.namespace, "-o", "name"))
          .doesNotContain("muster-restore");
    }
  }

  @Test
  void tableThatExistsIsReplacedOnlyWhenSaidSo() {
    try (Tenant tenant = Tenant.database(node.kubectl(), "replace", "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      String before = tenant.psql("db-0", SUM);
      tenant.psql("db-0", "DELETE FROM public.t WHERE n > 10");
      String after = tenant.psql("db-0", SUM);

      Shell.Result refused = restore(point, "--table", "public.t");

      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.out()).contains("exists");
      assertThat(tenant.psql("db-0", SUM)).isEqualTo(after);
      dropRestored(tenant);
      restore(point, "--table", "public.t", "--replace").orFail();
      assertThat(tenant.psql("db-0", SUM)).isEqualTo(before);
    }
  }

  @Test
  void swappedDatabaseIsThePointAndTheOldOneIsKept() {
    try (Tenant tenant = Tenant.database(node.kubectl(), "swap", "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      String before = tenant.psql("db-0", SUM);
      tenant.psql("db-0", "TRUNCATE public.t");

      Shell.Result done = restore(point, "--swap");

      assertThat(done.orFail()).contains("app_replaced_");
      assertThat(tenant.psql("db-0", SUM)).isEqualTo(before);
      assertThat(
              tenant.psql(
                  "db-0", "SELECT count(*) FROM pg_database WHERE datname LIKE 'app_replaced_%'"))
          .isEqualTo("1");
    }
  }

  @Test
  @Covers("F80")
  void wrongIdentityTouchesNothing() throws IOException {
    try (Tenant tenant = Tenant.database(node.kubectl(), "identity", "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      Path other = Files.createTempDirectory("muster-other");
      node.muster(Duration.ofMinutes(1), "keys", "generate", "--directory", other.toString())
          .orFail();

      Shell.Result refused =
          node.muster(
              LIMIT,
              "restore",
              name(point),
              "--identity",
              other.resolve("identity.txt").toString());

      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err()).contains("was not encrypted for this identity");
      assertThat(
              tenant.psql(
                  "db-0", "SELECT count(*) FROM pg_database WHERE datname LIKE '%_restored_%'"))
          .isEqualTo("0");
    }
  }

  @Test
  void interruptedRestoreLeavesNoJob() throws Exception {
    try (Tenant tenant = Tenant.database(node.kubectl(), "interrupted", "{}")) {
      JsonNode point = Backup.ask(node, tenant).sealed();
      Process restore = started(point);
      await("the restore's Job")
          .atMost(Duration.ofMinutes(1))
          .until(() -> jobs(tenant).contains("muster-restore"));

      node.shell()
          .run(Duration.ofSeconds(5), "", List.of("kill", "-INT", Long.toString(restore.pid())))
          .orFail();

      assertThat(restore.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      await("the Job is gone")
          .atMost(Duration.ofSeconds(30))
          .until(() -> !jobs(tenant).contains("muster-restore"));
    }
  }

  private Shell.Result restore(JsonNode point, String... more) {
    List<String> arguments = new ArrayList<>(List.of("restore", name(point)));
    arguments.addAll(List.of("--identity", IDENTITY.toString()));
    arguments.addAll(List.of(more));
    return node.muster(LIMIT, arguments.toArray(String[]::new));
  }

  private Process started(JsonNode point) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Node.ROOT.resolve("bin/muster").toString(),
                "restore",
                name(point),
                "--identity",
                IDENTITY.toString())
            .directory(Node.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(node.shell().environment());
    return builder.start();
  }

  private String jobs(Tenant tenant) {
    return node.kubectl().ok("get", "jobs", "-n", tenant.namespace, "-o", "name");
  }

  private void scale(String deployment, int replicas) {
    node.kubectl()
        .ok("-n", "muster", "scale", "deployment/" + deployment, "--replicas=" + replicas);
    node.kubectl()
        .ok("-n", "muster", "rollout", "status", "deployment/" + deployment, "--timeout=240s");
  }

  private static void dropRestored(Tenant tenant) {
    String name =
        tenant.psql("db-0", "SELECT datname FROM pg_database WHERE datname LIKE '%_restored_%'");
    tenant.psql("db-0", "DROP DATABASE \"" + name + "\"");
  }

  private static String name(JsonNode manifest) {
    return manifest.at("/identity/point").asText();
  }
}
