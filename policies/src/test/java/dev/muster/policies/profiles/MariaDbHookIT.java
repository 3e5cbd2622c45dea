package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.MariaDbProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hook of MariaDB, under load and among hostile things. The server loses up to a second of
/// commits when it dies: only the hook makes them whole.
@Timeout(120)
class MariaDbHookIT {
  private static final String READ_ONLY =
      "mount -o remount,bind,ro / && mount -t tmpfs -o ro none /tmp && mount -t tmpfs -o ro none /dev/shm && exec \"$@\"";
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static MariaDbProcess server;

  @TempDir private Path folder;
  private final AtomicInteger acknowledged = new AtomicInteger();

  @BeforeAll
  static void start() {
    server = MariaDbProcess.start();
    server.sql(
        "mysql",
        """
        CREATE DATABASE app;
        CREATE TABLE app.i (n INT PRIMARY KEY) ENGINE = InnoDB;
        CREATE TABLE app.a (n INT PRIMARY KEY) ENGINE = Aria;
        CREATE TABLE app.m (n INT PRIMARY KEY) ENGINE = MyISAM;
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void thawed() throws Exception {
    hook().run("post");
    server.sql("app", "TRUNCATE i; TRUNCATE a; TRUNCATE m");
  }

  @Test
  void snapshotBehindTheHookIsOneMomentOfAllEngines() throws Exception {
    Path copy = folder.resolve("copy");
    int promised;

    try (Writer writer = writer()) {
      writer.awaitRounds(5);
      assertThat(hook().run("pre")).isEqualTo(new Ended(0, "quiet for 25 s at most\n", ""));
      promised = acknowledged.get();
      server.snapshot(copy);
      assertThat(hook().run("post")).isEqualTo(new Ended(0, "", ""));
      writer.awaitRounds(2);
    }

    try (MariaDbProcess restored = MariaDbProcess.over(copy)) {
      int inInnodb = rows(restored, "i");
      int inAria = rows(restored, "a");
      int inMyisam = rows(restored, "m");
      assertThat(inInnodb).isBetween(promised, promised + 1);
      assertThat(List.of(promised, inMyisam, inAria, inInnodb)).isSorted();
      assertThat(check(restored)).isEqualTo(new Ended(0, "", ""));
    }
  }

  @Test
  @Covers({"F52", "F53"})
  void quietTimeEndsByItselfWhenNobodyEndsIt() throws Exception {
    try (Writer writer = writer()) {
      writer.awaitRounds(1);
      assertThat(hook().run("pre").code()).isZero();
      long quiet = System.nanoTime();

      writer.awaitRounds(2);

      assertThat(Duration.ofNanos(System.nanoTime() - quiet)).isBetween(LEASE.dividedBy(3), LEASE);
    }
    Ended late = hook().run("post");
    assertThat(late.code()).isEqualTo(1);
    assertThat(late.errors()).contains("not quiet any more");
  }

  @Test
  @Covers("F52")
  void quietTimeEndsWhenItsHookIsKilledInTheMiddle() throws Exception {
    try (Writer writer = writer()) {
      writer.awaitRounds(1);
      Process pre = hook().start("pre");
      awaitLock("muster-quiet");
      long began = System.nanoTime();
      pre.descendants().filter(each -> !resident(each)).forEach(ProcessHandle::destroyForcibly);
      pre.destroyForcibly();

      writer.awaitRounds(2);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LEASE);
    }
  }

  @Test
  @Covers({"F52", "F55"})
  void cutAfterTheSessionHasDiedIsNotCalledQuiet() throws Exception {
    try (Writer writer = writer()) {
      writer.awaitRounds(1);
      assertThat(hook().run("pre").code()).isZero();
      ProcessHandle.allProcesses()
          .filter(MariaDbHookIT::resident)
          .forEach(ProcessHandle::destroyForcibly);

      writer.awaitRounds(2);
    }

    assertThat(hook().run("post").code()).isEqualTo(1);
  }

  @Test
  void ofTwoHooksAtOnceOneIsRefused() throws Exception {
    List<Process> both = List.of(hook().start("pre"), hook().start("pre"));

    assertThat(List.of(HookRun.end(both.get(0)).code(), HookRun.end(both.get(1)).code()))
        .containsExactlyInAnyOrder(0, 1);
    Ended third = hook().run("pre");
    assertThat(third.code()).isEqualTo(1);
    assertThat(third.errors()).contains("another hook");
    assertThat(hook().run("post").code()).isZero();
    assertThat(hook().run("post").code()).isEqualTo(1);
  }

  @Test
  @Covers("F55")
  void longStatementIsNotWaitedForWhileOthersWrite() throws Exception {
    String slow = "INSERT INTO m SELECT -1 FROM DUAL WHERE SLEEP(25) = 0";
    Thread statement = Thread.ofPlatform().start(() -> server.sql("app", slow));
    awaitState("User sleep");
    try (Writer writer =
        new Writer(round -> server.sql("app", "INSERT INTO i VALUES (" + round + ")"))) {
      Ended refused = hook().run("pre");

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.errors()).contains("a statement kept a lock for 3 s");
      writer.awaitRounds(3);
      assertThat(statement.isAlive()).isTrue();
    }
    statement.join();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void everyShellWillDo(String shell) throws Exception {
    HookRun hook = hook().by(shell.split(" "));

    assertThat(hook.run("pre").code()).isZero();
    assertThat(hook.run("post").code()).isZero();
  }

  @Test
  void nothingIsWrittenInTheContainer() throws Exception {
    HookRun hook =
        hook()
            .below("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, "sh");

    assertThat(hook.run("pre")).isEqualTo(new Ended(0, "quiet for 25 s at most\n", ""));
    assertThat(hook.run("post")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void passwordsMayHoldAnythingAndComeFromFiles() throws Exception {
    String password = "it's \"all\" `$HOME` \\ -p";
    Path file = Files.writeString(folder.resolve("password"), password + "\n");
    try (MariaDbProcess other = MariaDbProcess.start(password)) {
      HookRun plain = hook(other, Map.of("MYSQL_ROOT_PASSWORD", password));
      HookRun ofFile = hook(other, Map.of("MARIADB_ROOT_PASSWORD_FILE", file.toString()));

      assertThat(plain.run("pre").code()).isZero();
      assertThat(ofFile.run("post").code()).isZero();
      Ended wrong = hook(other, Map.of("MARIADB_ROOT_PASSWORD", "wrong")).run("pre");
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.errors()).contains("root cannot log in");
    }
  }

  @Test
  void containerWithoutAClientIsToldSo() throws Exception {
    Ended ended = hook(server, Map.of("PATH", folder.toString())).run("pre");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.errors()).contains("no client of MariaDB");
  }

  private Writer writer() {
    return new Writer(round -> {
      server.sql(
          "app",
          "INSERT INTO i VALUES (%1$d); INSERT INTO a VALUES (%1$d); INSERT INTO m VALUES (%1$d)"
              .formatted(round));
      acknowledged.set(round + 1);
    });
  }

  private static int rows(MariaDbProcess mariadb, String table) {
    return Integer.parseInt(mariadb.sql("app", "SELECT COUNT(*) FROM " + table).strip());
  }

  private Ended check(MariaDbProcess restored) throws Exception {
    var profile = EngineProfilesReader.read(Optional.empty()).find("mariadb").orElseThrow();
    return new ProfileRun(profile, restored.environment("app"), restored.port(), folder)
        .run(profile.scripts().check(), Map.of());
  }

  private static boolean resident(ProcessHandle process) {
    return process.info().arguments().stream()
        .flatMap(Arrays::stream)
        .anyMatch(
            word -> word.contains("BACKUP STAGE BLOCK_COMMIT") && !word.contains("IS_USED_LOCK"));
  }

  private static void awaitLock(String name) {
    while (server.sql("mysql", "SELECT IS_USED_LOCK('" + name + "')").strip().equals("NULL")) {
      Thread.onSpinWait();
    }
  }

  private static void awaitState(String state) {
    while (server
        .sql("mysql", "SELECT 1 FROM information_schema.PROCESSLIST WHERE STATE = '" + state + "'")
        .isBlank()) {
      Thread.onSpinWait();
    }
  }

  private static HookRun hook() {
    return hook(server, server.environment("app"));
  }

  /// The image's client finds its server by a default; here the port is told.
  private static HookRun hook(MariaDbProcess mariadb, Map<String, String> environment) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("MYSQL_TCP_PORT", Integer.toString(mariadb.port()));
    return HookRun.of("mariadb", all);
  }
}
