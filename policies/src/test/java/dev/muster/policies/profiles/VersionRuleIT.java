package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.EtcdProcess;
import dev.muster.testkit.MariaDbProcess;
import dev.muster.testkit.MySqlProcess;
import dev.muster.testkit.PostgresProcess;
import dev.muster.testkit.RedisProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A client that is older than its server is refused before it dumps.
class VersionRuleIT {
  private static final String PROFILE =
      """
      name: numbers%1$d
      tested-with: ["1"]
      versions: { client: 'echo "$CLIENT"', server: 'echo "$SERVER"', numbers: %1$d }
      prelude: "set -eu\\n"
      streams: [{ name: server, scope: server, dump: echo dumped, restore: r }]
      scripts: { ready: a, check: b, probe: c }
      drill: { data-dir: /data, database: main }
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, 15.14, 15.2, true",
    "1, 15.2 (Debian), 15.14, true",
    "1, 16beta1, 15, true",
    "1, 14.19, 15.1, false",
    "1, 9.6, 15.1, false",
    "2, 10.11.14-MariaDB, 10.11.6, true",
    "2, 11.4, 10.11.6, true",
    "2, 10.6.20, 10.11.6, false",
    "2, 10, 10.0.3, true",
    "2, 10, 10.1, false",
    "3, 7.0.15, 7.0.16, false",
    "1, '', 15.1, false",
    "1, command not found, 15.1, false",
    "1, 15.1, NOAUTH, false"
  })
  @Covers("F88")
  void olderAndUnknownClientsAreRefused(int numbers, String client, String server, boolean dumps)
      throws Exception {
    Path profiles = Files.createDirectory(folder.resolve("profiles"));
    Files.writeString(profiles.resolve("own.yaml"), PROFILE.formatted(numbers));
    EngineProfile profile =
        EngineProfilesReader.read(Optional.of(profiles)).find("numbers" + numbers).orElseThrow();
    var run = new ProfileRun(profile, Map.of("CLIENT", client, "SERVER", server), 1, folder);

    Ended ended = run.run(profile.streams().getFirst().dump(), Map.of());

    assertThat(ended.output()).isEqualTo(dumps ? "dumped\n" : "");
    assertThat(ended.code()).isEqualTo(dumps ? 0 : 1);
    assertThat(ended.errors()).contains(dumps ? "" : "older");
  }

  @Test
  @Covers("F88")
  void olderPostgresClientDumpsNothing() throws Exception {
    try (PostgresProcess server = PostgresProcess.start()) {
      refused(
          "postgresql",
          server.environment("postgres"),
          server.port(),
          "pg_dump (PostgreSQL) 14.19 (Debian 14.19-1)",
          "pg_dump");
    }
  }

  @Test
  @Covers("F88")
  void olderMariaDbClientDumpsNothing() throws Exception {
    try (MariaDbProcess server = MariaDbProcess.start()) {
      refused(
          "mariadb",
          server.environment("mysql"),
          server.port(),
          "mariadb-dump  Ver 10.19 Distrib 10.6.22-MariaDB, for linux",
          "mariadb-dump");
    }
  }

  @Test
  @Covers("F88")
  void olderMySqlClientDumpsNothing() throws Exception {
    try (MySqlProcess server = MySqlProcess.start()) {
      refused(
          "mysql",
          server.environment("mysql"),
          server.port(),
          "mysqldump  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)",
          "mysqldump");
    }
  }

  @Test
  @Covers("F88")
  void olderRedisClientDumpsNothing() throws Exception {
    try (RedisProcess server = RedisProcess.start(false)) {
      refused("redis", server.environmentOfImage(), server.port(), "redis-cli 6.2.14", "redis-cli");
    }
  }

  @Test
  @Covers("F88")
  void olderEtcdClientDumpsNothing() throws Exception {
    try (EtcdProcess server = EtcdProcess.start()) {
      refused(
          "etcd",
          Map.of("PATH", EtcdProcess.path()),
          server.port(),
          "etcdctl version: 3.5.21",
          "etcdctl");
    }
  }

  /// Only the version that the program tells is another.
  private void refused(
      String engine, Map<String, String> environment, int port, String says, String program)
      throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path wrapper = bin.resolve(program);
    Files.writeString(
        wrapper,
        """
        #!/bin/sh
        case "$*" in --version | version) echo '%s'; exit ;; esac
        PATH="${PATH#*:}" exec %s "$@"
        """
            .formatted(says, program));
    assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    Map<String, String> old = new TreeMap<>(environment);
    old.put("PATH", bin + ":" + old.getOrDefault("PATH", System.getenv("PATH")));
    EngineProfile profile = EngineProfilesReader.read(Optional.empty()).find(engine).orElseThrow();

    for (EngineProfile.Stream stream : profile.streams()) {
      Ended ended =
          new ProfileRun(profile, old, port, folder)
              .run(stream.dump(), Map.of("MUSTER_STREAM", "none"));
      assertThat(ended.code()).as(stream.name()).isEqualTo(1);
      assertThat(ended.errors()).as(stream.name()).contains("is older than the server");
      assertThat(ended.output()).isEmpty();
    }
  }
}
