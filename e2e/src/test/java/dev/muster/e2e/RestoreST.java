package dev.muster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// `muster restore` of one point from outside the cluster, judged by the database. Each test loses
/// something and has it back at its end.
@SystemTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
final class RestoreST {

  private static final Path IDENTITY = Node.ROOT.resolve("target/demo/keys/identity.txt");
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final String SUM =
      "SELECT count(*) || ' ' || sum(hashtext(t::text)) FROM public.t t";
  private static final String RESTORED =
      "SELECT datname FROM pg_database WHERE datname LIKE '%_restored_%'";

  private final Node node;
  private final Tenant tenant;
  private String point = "";
  private String whole = "";

  RestoreST(Node node) {
    this.node = node;
    this.tenant = Tenant.database(node.kubectl(), "restore", "{}");
  }

  @BeforeAll
  void makePoint() {
    whole = sql(SUM);
    point = Backup.ask(node, tenant).sealed().at("/identity/point").asText();
  }

  @AfterEach
  void dropRestored() {
    sql(RESTORED).lines().forEach(name -> sql("DROP DATABASE \"" + name + "\" WITH (FORCE)"));
  }

  @AfterAll
  void end() {
    tenant.close();
  }

  @Test
  @Covers("F87")
  @ResourceLock(Part.AUDITORS)
  void lostTableComesBackRowByRowWithoutALivingAuditor() {
    sql("DROP TABLE public.t");
    scale("muster-auditor", 0);
    try {
      restore("--table", "public.t").orFail();
    } finally {
      scale("muster-auditor", 2);
    }

    assertThat(sql(SUM)).isEqualTo(whole);
    assertThat(left("jobs")).doesNotContain("muster-restore");
  }

  @Test
  void tableThatExistsIsReplacedOnlyWhenSaidSo() {
    sql("DELETE FROM public.t WHERE n > 10");
    String after = sql(SUM);

    Shell.Result refused = restore("--table", "public.t");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).contains("exists");
    assertThat(sql(SUM)).isEqualTo(after);
    dropRestored();
    restore("--table", "public.t", "--replace").orFail();
    assertThat(sql(SUM)).isEqualTo(whole);
  }

  @Test
  void swappedDatabaseIsThePointAndTheOldOneIsKept() {
    sql("TRUNCATE public.t");

    Shell.Result done = restore("--swap");

    assertThat(done.orFail()).contains("app_replaced_");
    assertThat(sql(SUM)).isEqualTo(whole);
    assertThat(sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'app_replaced_%'"))
        .isEqualTo("1");
  }

  @Test
  @Covers("F80")
  void wrongIdentityTouchesNothing() throws IOException {
    Path other = Files.createTempDirectory("muster-other");
    node.muster(Duration.ofMinutes(1), "keys", "generate", "--directory", other.toString())
        .orFail();

    Shell.Result refused =
        node.muster(
            LIMIT, "restore", point, "--identity", other.resolve("identity.txt").toString());

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("was not encrypted for this identity");
    assertThat(sql(RESTORED)).isEmpty();
  }

  @Test
  void interruptedRestoreLeavesNoJob() throws Exception {
    Process restore = started();
    await("the restore's Job")
        .atMost(Duration.ofMinutes(1))
        .until(() -> left("jobs").contains("muster-restore"));

    node.shell()
        .run(Duration.ofSeconds(5), "", List.of("kill", "-INT", Long.toString(restore.pid())))
        .orFail();

    assertThat(restore.waitFor(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    await("the Job and its Pod are gone")
        .atMost(Duration.ofMinutes(1))
        .until(() -> !left("jobs,pods").contains("muster-restore"));
  }

  private Shell.Result restore(String... more) {
    List<String> arguments = new ArrayList<>(List.of("restore", point));
    arguments.addAll(List.of("--identity", IDENTITY.toString()));
    arguments.addAll(List.of(more));
    return node.muster(LIMIT, arguments.toArray(String[]::new));
  }

  private Process started() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Node.ROOT.resolve("bin/muster").toString(),
                "restore",
                point,
                "--identity",
                IDENTITY.toString())
            .directory(Node.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(node.shell().environment());
    return builder.start();
  }

  private String sql(String statement) {
    return tenant.psql("db-0", statement);
  }

  private String left(String kinds) {
    return node.kubectl().ok("get", kinds, "-n", tenant.namespace, "-o", "name");
  }

  private void scale(String deployment, int replicas) {
    node.kubectl()
        .ok("-n", "muster", "scale", "deployment/" + deployment, "--replicas=" + replicas);
    node.rolledOut(deployment);
  }
}
