package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Backup;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.RedisProcess;
import dev.muster.testkit.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The profile of Redis with a server, a client and tools of Valkey, none of Redis.
@Timeout(180)
class ValkeyProfileIT {
  private static final EngineProfile PROFILE =
      EngineProfilesReader.read(Optional.empty()).find("redis").orElseThrow();
  private static Path programs;

  @TempDir private Path folder;
  private RedisProcess server;
  private Path bin;

  @BeforeAll
  static void fetch() {
    programs = Tools.debian("valkey").resolve("bin");
  }

  @BeforeEach
  void start() throws Exception {
    server = RedisProcess.of(programs.resolve("valkey-server"));
    server.run("EVAL", "for i = 1, 2000 do redis.call('SET', 'k' .. i, i) end", "0");
    server.run("-n", "3", "HSET", "hash", "field", "1", "other", "2");
    bin =
        BusyBox.bin(
            folder,
            List.of("valkey-cli", "valkey-server", "valkey-check-rdb").stream()
                .map(name -> programs.resolve(name).toString())
                .toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProfileRun run(RedisProcess valkey) {
    return new ProfileRun(
        PROFILE,
        Map.of("VALKEY_PASSWORD", RedisProcess.PASSWORD, "PATH", bin.toString()),
        valkey.port(),
        folder,
        List.of("/usr/bin/busybox", "sh"));
  }

  @Test
  void restoredKeysAreThoseOfTheCutUnderWriteLoad() throws Exception {
    Backup backup;
    try (Writer writer = new Writer(round -> server.run("SET", "w" + round, "x"))) {
      writer.awaitRounds(3);
      backup = run(server).backup("");
      writer.awaitRounds(1);
    }

    try (RedisProcess empty = RedisProcess.of(programs.resolve("valkey-server"))) {
      Ended restored = run(empty).restore("server", backup.streams().get("server"), Map.of());
      Probe probe = run(empty).probe("");

      assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
      assertThat(restored).isEqualTo(new Ended(0, "", ""));
      assertThat(probe.tables())
          .isEqualTo(backup.probes().get("server").tables())
          .containsOnlyKeys("db0", "db3");
      assertThat(run(server).probe("").tables()).isNotEqualTo(probe.tables());
      assertThat(run(empty).run(PROFILE.scripts().check(), Map.of()).code()).isZero();
    }
  }

  /// Its client asks for the format of Valkey 8, which has no place for them.
  @Test
  @Covers("F91")
  void fieldsThatExpireFailTheDumpRatherThanBeLost() throws Exception {
    server.run("-n", "3", "HEXPIRE", "hash", "1000", "FIELDS", "1", "field");

    Backup backup = run(server).backup("");

    assertThat(backup.ends().get("dump-server").code()).isNotZero();
    assertThat(backup.ends().get("dump-server").errors()).contains("did not send a whole RDB");
  }
}
