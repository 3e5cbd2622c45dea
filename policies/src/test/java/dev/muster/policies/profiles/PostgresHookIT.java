package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.PolicyOutcome.Decided;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.testkit.PostgresProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hook that admission writes on PostgreSQL's Pods, under load.
class PostgresHookIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void snapshotBehindTheHookHoldsEveryCommittedRow() throws Exception {
    AtomicInteger committed = new AtomicInteger();
    Path copy = folder.resolve("copy");
    int promised;

    try (PostgresProcess server = PostgresProcess.start()) {
      server.sql("postgres", "CREATE TABLE numbers (n int PRIMARY KEY, filler text)");
      try (Writer writer =
          new Writer(round -> {
            server.sql("postgres", insert(round));
            committed.set(round + 1);
          })) {
        writer.awaitRounds(5);
        assertThat(runHook(server)).isZero();
        writer.awaitRounds(2);
        promised = committed.get();
        server.snapshot(copy);
        writer.awaitRounds(1);
      }
    }
    try (PostgresProcess restored = PostgresProcess.over(copy)) {
      int rounds =
          Integer.parseInt(restored.sql("postgres", "SELECT count(*) / 100 FROM numbers").strip());
      var profile = EngineProfilesReader.read(Optional.empty()).find("postgresql").orElseThrow();
      var run = new ProfileRun(profile, restored.environment("postgres"), restored.port(), folder);

      assertThat(rounds).isBetween(promised, promised + 1);
      assertThat(run.run(profile.scripts().check(), Map.of()).code()).isZero();
    }
  }

  private static String insert(int round) {
    return "INSERT INTO numbers SELECT %d * 100 + i, repeat('x', 500) FROM generate_series(1, 100) i"
        .formatted(round);
  }

  private static int runHook(PostgresProcess server) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(hook());
    builder.environment().put("PGHOST", "127.0.0.1");
    builder.environment().put("PGPORT", Integer.toString(server.port()));
    builder.environment().put("PGPASSWORD", PostgresProcess.PASSWORD);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /// As the policy writes it for Velero.
  private static List<String> hook() throws Exception {
    String name = "pod-gets-velero-hooks-where-wanted";
    Path fixture =
        Path.of(System.getProperty("muster.root"))
            .resolve("policies/rego/fixtures/admission")
            .resolve(name + ".json");
    JsonNode input = MAPPER.readTree(Files.readString(fixture)).path(name).path("input");
    try (var engine = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(30))) {
      var decided = (Decided) engine.evaluate("muster/admission", input);
      for (JsonNode setting : decided.value().path("set")) {
        if (setting.path("key").asText().equals("pre.hook.backup.velero.io/command")) {
          return List.of(MAPPER.readValue(setting.path("value").asText(), String[].class));
        }
      }
    }
    throw new IllegalStateException("the policy writes no hook");
  }
}
