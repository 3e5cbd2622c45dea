package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Backup;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.RedisProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class RedisProfileIT {
  private static final EngineProfile PROFILE =
      EngineProfilesReader.read(Optional.empty()).find("redis").orElseThrow();

  /// Every type, in three databases, with bytes that no text has.
  private static final String SHOP =
      """
      for i = 1, 2000 do redis.call('SET', 'order:' .. i, i) end
      redis.call('SET', 'bytes\\n\\0 %s', '\\0\\1\\255\\r\\n')
      redis.call('SETBIT', 'bits', 70000, 1)
      redis.call('SELECT', 3)
      for i = 1, 300 do redis.call('RPUSH', 'list', i) redis.call('SADD', 'set', 'm' .. i) end
      for i = 1, 300 do redis.call('ZADD', 'sorted', i + 0.1, 'm' .. i) redis.call('HSET', 'hash', 'f' .. i, i) end
      redis.call('XADD', 'stream', '1-1', 'a', 'b')
      redis.call('XGROUP', 'CREATE', 'stream', 'readers', '0')
      redis.call('SELECT', 15)
      redis.call('PFADD', 'seen', 'a', 'b')
      """;

  private static final String LIBRARY =
      "#!lua name=shop\nredis.register_function('two', function() return 2 end)";

  @TempDir private Path folder;
  private RedisProcess server;

  @BeforeEach
  void start() {
    server = RedisProcess.start(false);
    server.run("EVAL", SHOP, "0");
    server.runWith(LIBRARY, "FUNCTION", "LOAD");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProfileRun run(RedisProcess redis) {
    return new ProfileRun(PROFILE, redis.environmentOfImage(), redis.port(), folder);
  }

  @RepeatedTest(2)
  void restoredKeysAreThoseOfTheCutUnderWriteLoad() throws Exception {
    Backup backup;
    try (Writer first = writer(1);
        Writer second = writer(2)) {
      first.awaitRounds(3);
      second.awaitRounds(3);
      backup = run(server).backup("");
      first.awaitRounds(1);
    }

    try (RedisProcess empty = RedisProcess.start(false)) {
      ProfileRun drill = run(empty);
      Ended restored = drill.restore("server", stream(backup), Map.of());
      Probe probe = drill.probe("");

      assertThat(backup.ends().values()).allMatch(end -> end.code() == 0);
      assertThat(restored).isEqualTo(new Ended(0, "", ""));
      assertThat(probe.tables()).isEqualTo(taken(backup).tables()).containsKeys("db0", "db3");
      assertThat(probe.schema()).isEqualTo(taken(backup).schema());
      assertThat(run(server).probe("").tables()).isNotEqualTo(probe.tables());
      assertThat(drill.run(PROFILE.scripts().check(), Map.of())).isEqualTo(new Ended(0, "", ""));
    }
  }

  private Writer writer(int seed) {
    return new Writer(round -> {
      server.run("-n", "0", "SET", "w" + seed + ":" + round, "x");
      server.run("-n", "3", "RPUSH", "list", Integer.toString(round));
      server.run("-n", "0", "DEL", "order:" + (round * 7 + seed));
    });
  }

  @Test
  void headerSaysSameSnapshotAndWhere() throws Exception {
    Probe probe = taken(run(server).backup(""));

    assertThat(probe.header().path("relation").asText()).isEqualTo("same-snapshot");
    assertThat(probe.header().path("position").asText()).matches("offset:[0-9]+");
    assertThat(probe.tables()).containsOnlyKeys("db0", "db3", "db15");
    assertThat(probe.tables().get("db0").rows()).isEqualTo(2002);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void dumpIsAnRdbThatAServerStartsOn(String diskless) throws Exception {
    server.run("CONFIG", "SET", "repl-diskless-sync", diskless);

    byte[] rdb = stream(run(server).backup(""));

    assertThat(new String(rdb, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("REDIS");
    assertThat(rdb[rdb.length - 9]).as("the opcode before the CRC").isEqualTo((byte) 0xff);
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.write(data.resolve("dump.rdb"), rdb);
    try (RedisProcess started = RedisProcess.over(false, data)) {
      assertThat(started.run("-n", "3", "SCARD", "set")).isEqualTo("300");
      assertThat(started.run("FCALL", "two", "0")).isEqualTo("2");
    }
  }

  @Test
  void everyKindOfChangeChangesItsDatabasesHash() throws Exception {
    Probe before = run(server).probe("");

    for (String[] change :
        new String[][] {
          {"-n", "0", "APPEND", "order:7", " "},
          {"-n", "0", "SETBIT", "bits", "3", "1"},
          {"-n", "3", "LSET", "list", "5", "x"},
          {"-n", "3", "ZADD", "sorted", "7.5", "m7"},
          {"-n", "3", "HSET", "hash", "f7", "8"},
          {"-n", "3", "XADD", "stream", "2-1", "a", "b"},
          {"-n", "0", "RENAME", "order:8", "order:x"},
          {"-n", "15", "PFADD", "seen", "c"}
        }) {
      server.run(change);
      Probe after = run(server).probe("");
      assertThat(after.tables()).as(change[2]).isNotEqualTo(before.tables());
      assertThat(after.schema()).as(change[2]).isEqualTo(before.schema());
      before = after;
    }
    server.run("FUNCTION", "DELETE", "shop");
    assertThat(run(server).probe("").schema()).isNotEqualTo(before.schema());
  }

  @Test
  void keysThatExpireComeBackWithTheirTimeAndAreNotCounted() throws Exception {
    server.run("SET", "long", "1", "EX", "100000");
    server.run("SET", "short", "1", "PX", "4000");
    Backup backup = run(server).backup("");
    await(() -> server.run("EXISTS", "short").equals("0"));

    try (RedisProcess empty = RedisProcess.start(false)) {
      Ended restored = run(empty).restore("server", stream(backup), Map.of());

      assertThat(restored).isEqualTo(new Ended(0, "", ""));
      assertThat(Long.parseLong(empty.run("TTL", "long"))).isBetween(99_000L, 100_000L);
      assertThat(empty.run("EXISTS", "short")).isEqualTo("0");
      assertThat(taken(backup).tables().get("db0").rows()).isEqualTo(2002);
      assertThat(run(empty).probe("").tables()).isEqualTo(taken(backup).tables());
    }
  }

  @Test
  void whereEveryKeyExpiresNothingIsClaimed() throws Exception {
    server.run("FLUSHALL");
    server.run("SET", "session", "1", "EX", "100000");

    Probe probe = taken(run(server).backup(""));

    assertThat(probe.header().path("relation").asText()).isEqualTo("none");
    assertThat(probe.tables()).isEmpty();
  }

  @Test
  void emptyServerIsDumpedAsOne() throws Exception {
    server.run("FLUSHALL");

    Backup backup = run(server).backup("");

    assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
    assertThat(taken(backup).header().path("relation").asText()).isEqualTo("same-snapshot");
    assertThat(taken(backup).tables()).isEmpty();
  }

  @Test
  void dumpCutOrChangedAnywhereIsNoticed() throws Exception {
    byte[] whole = stream(run(server).backup(""));
    long seed = new Random().nextLong();
    Random random = new Random(seed);

    try (RedisProcess empty = RedisProcess.start(false)) {
      for (int i = 0; i < 6; i++) {
        int place = random.nextInt(whole.length);
        byte[] cut = Arrays.copyOf(whole, place);
        byte[] changed = whole.clone();
        changed[place] ^= 0x20;
        for (byte[] broken : List.of(cut, changed)) {
          Ended restored = run(empty).restore("server", broken, Map.of());
          assertThat(restored.code())
              .as("at %d of %d, seed %d", place, whole.length, seed)
              .isNotZero();
        }
      }
      assertThat(empty.run("DBSIZE")).isEqualTo("0");
    }
  }

  @Test
  @Covers("F91")
  void forkThatFailsFailsTheDump() throws Exception {
    server.forkNoMore();

    Backup backup = run(server).backup("");

    assertThat(backup.ends().get("dump-server").code()).isNotZero();
    assertThat(backup.ends().get("dump-server").errors()).contains("did not send a whole RDB");
    assertThat(backup.ends().get("probe-server").code()).isNotZero();
  }

  @ParameterizedTest
  @CsvSource({"yes, child", "no, child", "yes, connection", "no, connection"})
  @Covers("F91")
  void snapshotThatBreaksOffFailsTheDump(String diskless, String what) throws Exception {
    server.run("CONFIG", "SET", "repl-diskless-sync", diskless);
    server.run("CONFIG", "SET", "rdb-key-save-delay", "2000");

    Backup backup;
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Backup> running = thread.submit(() -> run(server).backup(""));
      await(() -> server.run("INFO", "persistence").contains("rdb_bgsave_in_progress:1"));
      if (what.equals("child")) {
        server.handle().children().forEach(ProcessHandle::destroyForcibly);
      } else {
        assertThat(server.run("CLIENT", "KILL", "TYPE", "replica")).isEqualTo("1");
      }
      backup = running.get();
    }

    assertThat(backup.ends().get("dump-server").code()).isNotZero();
    assertThat(backup.ends().get("dump-server").errors()).contains("did not send a whole RDB");
    assertThat(backup.ends().get("probe-server").code()).isNotZero();
  }

  @Test
  void rdbOfOtherKeysThanTheServersIsNoticedWhereNothingIsWritten() throws Exception {
    try (RedisProcess other = RedisProcess.start(false)) {
      other.run("SET", "only", "one");
      Path client = Files.createDirectory(folder.resolve("bin")).resolve("redis-cli");
      Files.writeString(
          client,
          """
          #!/bin/sh
          case " $* " in
            *' --rdb '*) exec /usr/bin/redis-cli -p %d --rdb - ;;
            *) exec /usr/bin/redis-cli "$@" ;;
          esac
          """
              .formatted(other.port()));
      assertThat(client.toFile().setExecutable(true)).isTrue();
      Map<String, String> environment = new TreeMap<>(server.environmentOfImage());
      environment.put("PATH", client.getParent() + ":" + System.getenv("PATH"));

      Backup backup = new ProfileRun(PROFILE, environment, server.port(), folder).backup("");

      assertThat(backup.ends().get("probe-server").code()).isNotZero();
      assertThat(backup.ends().get("probe-server").errors())
          .contains("other keys than the server")
          .contains("0 2002");
    }
  }

  @Test
  void serverTooLargeForTheProbeIsCheckedAndNotCounted() throws Exception {
    Path limit = Files.writeString(folder.resolve("memory.max"), "1000000\n");
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(
        profiles.resolve("redis.yaml"),
        Sql.read("redis.yaml").replace("/sys/fs/cgroup/memory.max", limit.toString()));
    EngineProfile small =
        EngineProfilesReader.read(Optional.of(profiles)).find("redis").orElseThrow();

    Backup backup =
        new ProfileRun(small, server.environmentOfImage(), server.port(), folder).backup("");

    assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
    assertThat(taken(backup).header().path("relation").asText()).isEqualTo("none");
    assertThat(taken(backup).tables()).isEmpty();
    assertThat(stream(backup)).startsWith("REDIS".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void serverWithKeysIsNotRestoredInto() throws Exception {
    byte[] rdb = stream(run(server).backup(""));
    try (RedisProcess used = RedisProcess.start(false)) {
      used.run("-n", "2", "SET", "mine", "1");

      Ended restored = run(used).restore("server", rdb, Map.of());

      assertThat(restored.code()).isNotZero();
      assertThat(restored.errors()).contains("the server holds keys").contains("--to FILE");
      assertThat(used.run("INFO", "keyspace")).contains("db2:keys=1,").doesNotContain("db0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--cluster-enabled yes, one of a cluster",
    "--replicaof 127.0.0.1 1, lost its master"
  })
  void serverWithoutAllKeysIsRefused(String arguments, String why) throws Exception {
    try (RedisProcess part = RedisProcess.with(arguments.split(" "))) {
      Backup backup = run(part).backup("");

      assertThat(backup.ends().get("dump-server").code()).isNotZero();
      assertThat(backup.ends().get("dump-server").errors()).contains(why);
    }
  }

  @Test
  void wrongPasswordFailsEveryScript() throws Exception {
    var wrong = new ProfileRun(PROFILE, Map.of("REDIS_PASSWORD", "wrong"), server.port(), folder);

    for (String script :
        new String[] {
          PROFILE.scripts().ready(), PROFILE.scripts().check(), PROFILE.scripts().probe()
        }) {
      Ended ended = wrong.run(script, Map.of());
      assertThat(ended.code()).isNotZero();
      assertThat(ended.errors()).contains("does it need another password").doesNotContain("wrong");
    }
  }

  /// Also with the tools of Alpine.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void everyShellWillDo(String shell) throws Exception {
    Map<String, String> environment = new TreeMap<>(server.environmentOfImage());
    if (shell.startsWith("busybox")) {
      Path bin =
          BusyBox.bin(
              folder, "/usr/bin/redis-cli", "/usr/bin/redis-server", "/usr/bin/redis-check-rdb");
      environment.put("PATH", bin.toString());
    }
    ProfileRun run =
        new ProfileRun(PROFILE, environment, server.port(), folder, List.of(shell.split(" ")));

    Backup backup = run.backup("");

    assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
    try (RedisProcess empty = RedisProcess.start(false)) {
      ProfileRun drill =
          new ProfileRun(PROFILE, environment, empty.port(), folder, List.of(shell.split(" ")));
      assertThat(drill.restore("server", stream(backup), Map.of())).isEqualTo(new Ended(0, "", ""));
      assertThat(drill.probe("").tables()).isEqualTo(taken(backup).tables());
      assertThat(drill.run(PROFILE.scripts().check(), Map.of()).code()).isZero();
    }
  }

  private static void await(BooleanSupplier condition) {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(tries).as("tries").isLessThan(6000);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static Probe taken(Backup backup) {
    return backup.probes().get("server");
  }

  private static byte[] stream(Backup backup) {
    return backup.streams().getOrDefault("server", new byte[0]);
  }
}
