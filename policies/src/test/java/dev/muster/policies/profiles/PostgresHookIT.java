package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfilesReader;
import dev.muster.testkit.PostgresProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hook of PostgreSQL, under load.
class PostgresHookIT {
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
        assertThat(hook(server).run("pre").code()).isZero();
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

  private static HookRun hook(PostgresProcess server) {
    return HookRun.of(
        "postgresql",
        Map.of(
            "PGHOST",
            "127.0.0.1",
            "PGPORT",
            Integer.toString(server.port()),
            "PGPASSWORD",
            PostgresProcess.PASSWORD));
  }
}
