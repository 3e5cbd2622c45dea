package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hook of Redis, under load.
@Timeout(120)
class RedisHookIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void snapshotBehindTheHookHoldsEveryAcknowledgedWrite(boolean appendOnly) throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    Path copy = folder.resolve("copy");
    int promised;

    try (RedisProcess server = RedisProcess.start(appendOnly);
        Writer writer =
            new Writer(round -> {
              server.run("RPUSH", "rounds", Integer.toString(round));
              acknowledged.set(round + 1);
            })) {
      writer.awaitRounds(20);
      promised = acknowledged.get();
      assertThat(hook(server).run("pre").code()).isZero();
      writer.awaitRounds(2);
      server.snapshot(copy);
    }
    loseWhatIsNotOnDisk(copy);

    try (RedisProcess restored = RedisProcess.over(appendOnly, copy)) {
      int rounds = Integer.parseInt(restored.run("LLEN", "rounds"));
      assertThat(rounds).isGreaterThanOrEqualTo(promised);
      assertThat(restored.run("LINDEX", "rounds", "-1")).isEqualTo(Integer.toString(rounds - 1));
    }
  }

  @Test
  void saveThatBeganEarlierDoesNotCount() throws Exception {
    try (RedisProcess server = RedisProcess.start(false)) {
      server.run("CONFIG", "SET", "rdb-key-save-delay", "100000");
      server.run("EVAL", "for i = 1, 20 do redis.call('SET', 'k' .. i, i) end", "0");
      server.run("BGSAVE");
      server.run("SET", "late", "write");
      server.run("CONFIG", "SET", "rdb-key-save-delay", "0");

      assertThat(hook(server).run("pre").code()).isZero();

      Path copy = folder.resolve("copy");
      server.snapshot(copy);
      try (RedisProcess restored = RedisProcess.over(false, copy)) {
        assertThat(restored.run("GET", "late")).isEqualTo("write");
      }
    }
  }

  @Test
  void saveThatFailsIsTold() throws Exception {
    try (RedisProcess server = RedisProcess.start(false)) {
      Files.createDirectory(server.data().resolve("dump.rdb"));

      var ended = hook(server).run("pre");

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.errors()).contains("BGSAVE failed");
    }
  }

  @Test
  void wrongPasswordIsTold() throws Exception {
    try (RedisProcess server = RedisProcess.start(false)) {
      var ended = hook(server, "wrong").run("pre");

      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.errors()).contains("does not answer");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void everyShellWillDo(String shell) throws Exception {
    try (RedisProcess server = RedisProcess.start(true)) {
      assertThat(hook(server).by(shell.split(" ")).run("pre").code()).isZero();
    }
  }

  /// The tail of an append-only file may not be: Redis syncs it once a second, and a copy of a
  /// running system does not show that.
  private static void loseWhatIsNotOnDisk(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".incr.aof")).toList()) {
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
      }
    }
  }

  private static HookRun hook(RedisProcess server) {
    return hook(server, RedisProcess.PASSWORD);
  }

  private static HookRun hook(RedisProcess server, String password) {
    return HookRun.of(
        "redis",
        Map.of("REDIS_PASSWORD", password, "REDIS_PORT_NUMBER", Integer.toString(server.port())));
  }
}
