package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Backup;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.PostgresProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProfileIT {
  private static PostgresProcess server;

  @TempDir private Path folder;
  private ProfileRun run;

  @BeforeAll
  static void start() {
    server = PostgresProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void shop() throws Exception {
    for (String database :
        server
            .sql("postgres", "SELECT datname FROM pg_database WHERE datname ~ '^app'")
            .lines()
            .toList()) {
      server.sql("postgres", "DROP DATABASE \"" + database + "\" WITH (FORCE)");
    }
    server.sql("postgres", "CREATE DATABASE app");
    server.sql("app", Sql.read("postgresql-shop.sql"));
    run = run(server, "app");
  }

  private ProfileRun run(PostgresProcess postgres, String database) {
    return new ProfileRun(profile(), postgres.environment(database), postgres.port(), folder);
  }

  @RepeatedTest(2)
  void restoredRowsAreThoseOfTheCutUnderWriteLoad() throws Exception {
    Backup backup;
    try (Writer first = writer(1);
        Writer second = writer(2)) {
      first.awaitRounds(3);
      second.awaitRounds(3);
      backup = run.backup("");
      first.awaitRounds(1);
    }

    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    Probe probe = run.probe("app_restored");

    assertThat(backup.ends().values()).allMatch(end -> end.code() == 0);
    assertThat(restored).isEqualTo(new Ended(0, "", ""));
    assertThat(probe.tables()).isEqualTo(backup.probes().get("db-main").tables());
    assertThat(probe.schema()).isEqualTo(backup.probes().get("db-main").schema());
    assertThat(run.probe("app").tables()).isNotEqualTo(probe.tables());
  }

  private Writer writer(int seed) {
    return new Writer(round ->
        server.sql(
            "app",
            """
            BEGIN;
            INSERT INTO orders (customer) SELECT 'w' FROM generate_series(1, %d);
            DELETE FROM orders WHERE id %% 1009 = %d;
            COMMIT;
            UPDATE orders SET amount = amount + 1 WHERE id %% 97 = %d;
            """
                .formatted(round % 50 + 1, (round * 7 + seed) % 1009, (round + seed) % 97)));
  }

  @Test
  void probeSleepsThroughAQuickDump() throws Exception {
    Path mv = Files.createDirectory(folder.resolve("bin")).resolve("mv");
    Files.writeString(mv, "#!/bin/sh\n/bin/mv \"$@\"; sleep 3\n");
    assertThat(mv.toFile().setExecutable(true)).isTrue();
    Map<String, String> slow = new TreeMap<>(server.environment("app"));
    slow.put("PATH", mv.getParent() + ":" + System.getenv("PATH"));

    Backup backup = new ProfileRun(profile(), slow, server.port(), folder).backup("");

    assertThat(backup.ends().values()).allMatch(end -> end.code() == 0);
    assertThat(backup.probes().get("db-main").tables()).isEqualTo(run.probe("app").tables());
  }

  @Test
  void headerSaysSameSnapshotAndWhere() throws Exception {
    Probe probe = run.backup("").probes().get("db-main");

    assertThat(probe.header().path("relation").asText()).isEqualTo("same-snapshot");
    assertThat(probe.header().path("position").asText()).matches("[0-9A-F]+/[0-9A-F]+");
    assertThat(probe.header().path("database").asText()).isEqualTo("app");
  }

  @Test
  void everyKindOfChangeToOneRowChangesItsTablesHash() throws Exception {
    Probe before = run.probe("app");

    for (String change :
        new String[] {
          "UPDATE orders SET ratio = ratio + 1e-12 WHERE id = 7",
          "UPDATE orders SET tags = NULL WHERE id = 8",
          "UPDATE orders SET customer = customer || ' ' WHERE id = 9",
          "DELETE FROM orders WHERE id = 10; INSERT INTO orders (customer) VALUES ('x')",
          "INSERT INTO \"We ird.Name\" SELECT * FROM \"We ird.Name\" LIMIT 1"
        }) {
      server.sql("app", change);
      Probe after = run.probe("app");
      assertThat(after.tables()).as(change).isNotEqualTo(before.tables());
      assertThat(after.schema()).as(change).isEqualTo(before.schema());
      before = after;
    }
  }

  @Test
  void everyKindOfChangeToTheSchemaChangesItsHash() throws Exception {
    Probe before = run.probe("app");

    for (String change :
        new String[] {
          "ALTER TABLE orders ADD COLUMN note text",
          "DROP INDEX orders_customer_idx",
          "ALTER TABLE orders DROP CONSTRAINT orders_status_check",
          "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2'",
          "DROP VIEW order_ids",
          "ALTER TYPE mood ADD VALUE 'sad'"
        }) {
      server.sql("app", change);
      Probe after = run.probe("app");
      assertThat(after.schema()).as(change).isNotEqualTo(before.schema());
      before = after;
    }
  }

  @Test
  @Covers("F85")
  void dumpCutAnywhereIsNoticed() throws Exception {
    Backup backup = run.backup("");
    byte[] whole = stream(backup);
    long seed = new Random().nextLong();
    Random random = new Random(seed);

    for (int i = 0; i < 12; i++) {
      int cut = random.nextInt(whole.length);
      String target = "app_cut" + i;
      Ended restored =
          run.restore("db-main", Arrays.copyOf(whole, cut), Map.of("MUSTER_TARGET", target));

      boolean noticed =
          restored.code() != 0
              || !run.probe(target).tables().equals(backup.probes().get("db-main").tables());
      assertThat(noticed).as("cut at %d of %d, seed %d", cut, whole.length, seed).isTrue();
    }
  }

  @Test
  @Covers("F87")
  void emptyServerGetsRolesOwnersExtensionsAndLargeObjects() throws Exception {
    Backup backup = run.backup("");

    try (PostgresProcess empty = PostgresProcess.start()) {
      ProfileRun drill = run(empty, "postgres");
      Ended roles = drill.restore("globals", backup.streams().get("globals"), Map.of());
      Ended rows = drill.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app"));
      Probe probe = drill.probe("app");

      assertThat(roles).isEqualTo(new Ended(0, "", ""));
      assertThat(rows).isEqualTo(new Ended(0, "", ""));
      assertThat(probe.tables()).isEqualTo(backup.probes().get("db-main").tables());
      assertThat(probe.tables()).containsKey("pg_largeobject");
      assertThat(probe.schema()).isEqualTo(backup.probes().get("db-main").schema());
      assertThat(empty.sql("app", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"))
          .isEqualTo("shop\n");
      assertThat(drill.run(profile().scripts().check(), Map.of("MUSTER_DATABASE", "app")).code())
          .isZero();
    }
  }

  private static EngineProfile profile() {
    return EngineProfilesReader.read(Optional.empty()).find("postgresql").orElseThrow();
  }

  @Test
  void rolesWithCommandsHiddenInThemRunNothing() throws Exception {
    Path trace = folder.resolve("trace");
    String hostile =
        "CREATE ROLE eve;\n\\! touch " + trace + "\nSELECT 1 \\! touch " + trace + "\n";

    Ended restored = run.restore("globals", hostile.getBytes(StandardCharsets.UTF_8), Map.of());

    assertThat(restored.code()).isNotZero();
    assertThat(Files.exists(trace)).isFalse();
  }

  @Test
  void wrongPasswordFailsEveryScript() throws Exception {
    var profile = EngineProfilesReader.read(Optional.empty()).find("postgresql").orElseThrow();
    var environment = Map.of("POSTGRES_PASSWORD", "wrong", "POSTGRES_DB", "app");
    var wrong = new ProfileRun(profile, environment, server.port(), folder);

    for (String script :
        new String[] {
          profile.scripts().ready(), profile.scripts().check(), profile.scripts().probe()
        }) {
      assertThat(wrong.run(script, Map.of()).code()).isNotZero();
    }
    Ended dump = wrong.run(profile.streams().getFirst().dump(), Map.of());
    assertThat(dump.code()).isNotZero();
    assertThat(dump.errors()).doesNotContain("wrong");
  }

  @Test
  void absentTableComesBackWithEverythingThatIsItsOwn() throws Exception {
    Backup backup = run.backup("");
    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    server.sql("app", "DROP TABLE orders CASCADE");
    String script = table();

    Ended copied =
        run.run(script, Map.of("MUSTER_TARGET", "app_restored", "MUSTER_TABLE", "public.orders"));
    Ended again =
        run.run(script, Map.of("MUSTER_TARGET", "app_restored", "MUSTER_TABLE", "public.orders"));

    assertThat(restored.code()).isZero();
    assertThat(copied).isEqualTo(new Ended(0, "3000\n", ""));
    assertThat(run.probe("app").tables()).isEqualTo(backup.probes().get("db-main").tables());
    assertThat(server.sql("app", "SELECT pg_get_serial_sequence('orders', 'id')"))
        .isEqualTo("public.orders_id_seq\n");
    assertThat(again.code()).isNotZero();
    assertThat(again.errors()).contains("the table public.orders exists");
  }

  private static String table() {
    return EngineProfilesReader.read(Optional.empty())
        .find("postgresql")
        .orElseThrow()
        .scripts()
        .table();
  }

  @Test
  void swapPutsTheRestoredDatabaseInPlaceUnderConnections() throws Exception {
    Backup backup = run.backup("");
    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    server.sql("app", "DELETE FROM orders");
    String swap =
        EngineProfilesReader.read(Optional.empty())
            .find("postgresql")
            .orElseThrow()
            .scripts()
            .swap();

    Ended swapped = run.run(swap, Map.of("MUSTER_TARGET", "app_restored"));

    assertThat(restored.code()).isZero();
    assertThat(swapped.code()).isZero();
    assertThat(server.sql("app", "SELECT count(*) FROM orders")).isEqualTo("3000\n");
    assertThat(server.sql(swapped.output().strip(), "SELECT count(*) FROM orders"))
        .isEqualTo("0\n");
  }

  @Test
  void restoredDatabaseHasTheOwnerThePrivilegesAndTheSettingsOfTheLiveOne() throws Exception {
    Backup backup = run.backup("");
    server.sql(
        "postgres",
        """
        DO $$ BEGIN CREATE ROLE "Odd ""Role'"; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
        ALTER DATABASE app OWNER TO shop;
        REVOKE CONNECT ON DATABASE app FROM PUBLIC;
        GRANT CONNECT ON DATABASE app TO "Odd ""Role'" WITH GRANT OPTION;
        ALTER DATABASE app SET work_mem = '9MB';
        ALTER DATABASE app SET search_path = "$user", 'Odd "Schema', public;
        ALTER ROLE shop IN DATABASE app SET statement_timeout = '7s';
        ALTER DATABASE app CONNECTION LIMIT 42;
        """);
    String before = shape();

    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    String copy = privileges("app_restored");
    Ended swapped = run.run(profile().scripts().swap(), Map.of("MUSTER_TARGET", "app_restored"));

    assertThat(restored).isEqualTo(new Ended(0, "", ""));
    assertThat(copy).isEqualTo(privileges("app"));
    assertThat(swapped.code()).as(swapped.toString()).isZero();
    assertThat(shape()).isEqualTo(before).contains("9MB", "Odd", "7s", "42");
  }

  private static final String GRANTS =
      "(SELECT array_agg(a::text ORDER BY a::text) FROM unnest(d.datacl) AS a)";

  private static String privileges(String database) throws Exception {
    return server.sql(
        "postgres",
        "SELECT datdba::regrole, %s FROM pg_database d WHERE datname = '%s'"
            .formatted(GRANTS, database));
  }

  private static String shape() throws Exception {
    return server.sql(
        "postgres",
        """
        SELECT d.datdba::regrole, %s, d.datconnlimit, s.setrole, s.setconfig
          FROM pg_database d JOIN pg_db_role_setting s ON s.setdatabase = d.oid
         WHERE datname = 'app' ORDER BY s.setrole
        """
            .formatted(GRANTS));
  }

  @Test
  void referencesToAPartitionedTableCompareEqualHoweverItsPartsCame() throws Exception {
    server.sql(
        "app",
        """
        CREATE TABLE part (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
        CREATE TABLE part_a (id int NOT NULL, at date NOT NULL);
        CREATE TABLE part_b PARTITION OF part FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
        CREATE TABLE refs (id int, at date, FOREIGN KEY (id, at) REFERENCES part);
        ALTER TABLE part ATTACH PARTITION part_a FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
        """);
    Backup backup = run.backup("");

    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));

    assertThat(restored).isEqualTo(new Ended(0, "", ""));
    assertThat(run.probe("app_restored").schema())
        .isEqualTo(backup.probes().get("db-main").schema());
    server.sql("app_restored", "ALTER TABLE refs DROP CONSTRAINT refs_id_at_fkey");
    assertThat(run.probe("app_restored").schema())
        .isNotEqualTo(backup.probes().get("db-main").schema());
  }

  @Test
  void columnWithTheProbesOwnNameHidesNothing() throws Exception {
    server.sql("app", "CREATE TABLE trick (muster_row_ int, other text)");
    server.sql("app", "INSERT INTO trick VALUES (1, 'a')");
    Probe before = run.probe("app");

    server.sql("app", "UPDATE trick SET other = 'b'");

    assertThat(run.probe("app").tables()).isNotEqualTo(before.tables());
  }

  private static byte[] stream(Backup backup) {
    return backup.streams().getOrDefault("db-main", new byte[0]);
  }
}
