package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Backup;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.MySqlProcess;
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

class MySqlProfileIT {
  private static final EngineProfile PROFILE =
      EngineProfilesReader.read(Optional.empty()).find("mysql").orElseThrow();
  private static MySqlProcess server;

  @TempDir private Path folder;
  private ProfileRun run;

  @BeforeAll
  static void start() {
    server = MySqlProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void shop() throws Exception {
    for (String database : server.sql("mysql", "SHOW DATABASES LIKE 'app%'").lines().toList()) {
      server.sql("mysql", "SET foreign_key_checks = 0; DROP DATABASE `" + database + "`");
    }
    server.sql("mysql", "CREATE DATABASE app CHARACTER SET latin1");
    server.sql("app", Sql.read("mysql-shop.sql"));
    run = run(server, "app");
  }

  private ProfileRun run(MySqlProcess mysql, String database) {
    return new ProfileRun(PROFILE, mysql.environment(database), mysql.port(), folder);
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
            "shop",
            "app",
            """
            INSERT INTO orders (customer) SELECT 'w' FROM items WHERE id <= %d;
            DELETE FROM orders WHERE id %% 1009 = %d;
            UPDATE orders SET amount = amount + 1 WHERE id %% 97 = %d AND RAND() < 0.5;
            """
                .formatted(round % 50 + 1, 1000 + seed, seed)));
  }

  @Test
  void everyKindOfChangeToOneRowChangesItsTablesHash() throws Exception {
    Probe before = run.probe("app");

    for (String change :
        new String[] {
          "UPDATE orders SET ratio = ratio + 0.0001 WHERE id = 7",
          "UPDATE orders SET note = NULL WHERE id = 8",
          "UPDATE orders SET bytes = X'00' WHERE id = 9",
          "UPDATE orders SET at = at + INTERVAL 1 SECOND WHERE id = 9",
          "DELETE FROM orders WHERE id = 10; INSERT INTO orders (customer) VALUES ('x')",
          "INSERT INTO `We ird\"N'ame` SELECT * FROM `We ird\"N'ame` LIMIT 1"
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
          "ALTER TABLE orders ADD COLUMN more text",
          "ALTER TABLE orders DROP INDEX customer",
          "ALTER TABLE items DROP CONSTRAINT items_order",
          "DROP TRIGGER items_before",
          "DROP EVENT nightly",
          "DROP PROCEDURE one"
        }) {
      server.sql("app", change);
      Probe after = run.probe("app");
      assertThat(after.schema()).as(change).isNotEqualTo(before.schema());
      before = after;
    }
  }

  @Test
  @Covers("F84")
  void dumpCutAnywhereIsNoticed() throws Exception {
    Backup backup = run.backup("");
    byte[] whole = stream(backup);
    String trailer = PROFILE.streams().getLast().trailer();
    long seed = new Random().nextLong();
    Random random = new Random(seed);

    for (int i = 0; i < 8; i++) {
      int cut = random.nextInt(whole.length - 40);
      byte[] part = Arrays.copyOf(whole, cut);
      String target = "app_cut" + i;
      Ended restored = run.restore("db-main", part, Map.of("MUSTER_TARGET", target));

      Probe was = backup.probes().get("db-main");
      boolean counted =
          restored.code() == 0
              && run.probe(target).tables().equals(was.tables())
              && run.probe(target).schema().equals(was.schema());
      assertThat(tail(part)).as("cut at %d, seed %d", cut, seed).doesNotContain(trailer);
      assertThat(counted).as("cut at %d of %d, seed %d", cut, whole.length, seed).isFalse();
    }
    assertThat(tail(whole)).contains(trailer);
  }

  private static String tail(byte[] bytes) {
    int from = Math.max(0, bytes.length - 4096);
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }

  @Test
  @Covers("F86")
  void tablesWithoutSnapshotsFailTheRunUnlessCrashConsistencyIsAskedFor() throws Exception {
    server.sql("app", "CREATE TABLE old_counter (n int) ENGINE = MyISAM");
    String probe = PROFILE.streams().getLast().probe().orElseThrow().script();

    Ended ended = run.run(probe, Map.of());

    assertThat(ended.code()).isNotZero();
    assertThat(ended.errors()).contains("old_counter (MyISAM)").contains("muster.dev/consistency");
  }

  @Test
  @Covers("F86")
  void changesOfTablesDuringTheDumpFailItOrAreNotInIt() throws Exception {
    server.sql("app", "CREATE TABLE zz (n int); INSERT INTO zz SELECT id FROM items");
    String[] changes = {
      "ALTER TABLE zz ADD COLUMN m int; ALTER TABLE zz DROP COLUMN m",
      "TRUNCATE TABLE zz",
      "DROP TABLE zz",
      "ALTER TABLE zz FORCE"
    };
    int round = 0;
    for (String change : changes) {
      Backup backup;
      try (Writer unused =
          new Writer(i ->
              server.sql(
                  "app",
                  "CREATE TABLE IF NOT EXISTS zz (n int); INSERT INTO zz (n) VALUES (%d); %s"
                      .formatted(i, i % 2 == 0 ? change : "SELECT 1")))) {
        backup = run.backup("");
      }
      if (backup.succeeded()) {
        String target = "app_changed" + round++;
        Ended restored = run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", target));
        assertThat(restored).as(change).isEqualTo(new Ended(0, "", ""));
        assertThat(run.probe(target).tables())
            .as(change)
            .containsAllEntriesOf(backup.probes().get("db-main").tables());
      } else {
        assertThat(backup.ends().toString())
            .as(change)
            .containsAnyOf("1412", "1146", "1684", "1051", "1054", "definition of a table changed");
      }
    }
  }

  @Test
  void namesThatDifferOnlyInCaseAreTwoTables() throws Exception {
    server.sql("app", "CREATE TABLE Foo (a int, b text); CREATE TABLE foo (a int, c int)");
    server.sql("app", "INSERT INTO Foo VALUES (1, 'x')");

    Backup backup = run.backup("");

    assertThat(backup.ends().values()).allMatch(end -> end.code() == 0);
    assertThat(backup.probes().get("db-main").tables()).containsKeys("Foo", "foo");
  }

  @Test
  @Covers("F55")
  void lockEndsByItselfWhenNoDumpComes() throws Exception {
    String probe = PROFILE.streams().getLast().probe().orElseThrow().script();
    String alone = ": > \"$MUSTER_DIR/sync/ready-$MUSTER_STREAM\"\n" + probe;

    Ended ended = run.run(alone, Map.of());

    assertThat(ended.code()).isNotZero();
    assertThat(ended.errors()).contains("the dump opened no snapshot within 10 s");
    server.sql("shop", "app", "INSERT INTO orders (customer) VALUES ('after')");
  }

  @Test
  @Covers("F87")
  void emptyServerGetsUsersGrantsRoutinesAndRows() throws Exception {
    Backup backup = run.backup("");

    try (MySqlProcess empty = MySqlProcess.start()) {
      ProfileRun drill = run(empty, "");
      Ended users = drill.restore("globals", backup.streams().get("globals"), Map.of());
      Ended rows = drill.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app"));
      Probe probe = drill.probe("app");

      assertThat(users).isEqualTo(new Ended(0, "", ""));
      assertThat(rows).isEqualTo(new Ended(0, "", ""));
      assertThat(probe.tables()).isEqualTo(backup.probes().get("db-main").tables());
      assertThat(empty.sql("shop", "app", "SELECT COUNT(*) FROM orders")).isEqualTo("3000\n");
      assertThat(drill.run(PROFILE.scripts().check(), Map.of("MUSTER_DATABASE", "app")))
          .isEqualTo(new Ended(0, "", ""));
    }
  }

  @Test
  void dumpWithCommandsHiddenInItRunsNothing() throws Exception {
    Path trace = folder.resolve("trace");
    String hostile =
        "SELECT 1;\nsystem touch %s\n\\! touch %s\nSELECT 2; \\! touch %s\n"
            .formatted(trace, trace, trace);

    Ended restored =
        run.restore(
            "db-main",
            hostile.getBytes(StandardCharsets.UTF_8),
            Map.of("MUSTER_TARGET", "app_hostile"));

    assertThat(restored.code()).isNotZero();
    assertThat(Files.exists(trace)).isFalse();
  }

  @Test
  void restoreTouchesTheNewDatabaseOnly() throws Exception {
    Backup backup = run.backup("");
    server.sql("mysql", "ALTER DATABASE app CHARACTER SET utf8mb4");
    Probe before = run.probe("app");

    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));

    assertThat(restored.code()).isZero();
    assertThat(run.probe("app").tables()).isEqualTo(before.tables());
    assertThat(
            server.sql(
                "mysql",
                "SELECT DEFAULT_CHARACTER_SET_NAME FROM information_schema.SCHEMATA"
                    + " WHERE SCHEMA_NAME = 'app'"))
        .isEqualTo("utf8mb4\n");
  }

  @Test
  void tableComesBackWhetherAbsentOrPresent() throws Exception {
    Backup backup = run.backup("");
    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    server.sql("app", "DROP TABLE items; DELETE FROM orders");
    var items = Map.of("MUSTER_TARGET", "app_restored", "MUSTER_TABLE", "items");
    var orders = Map.of("MUSTER_TARGET", "app_restored", "MUSTER_TABLE", "orders");

    Ended refused = run.run(PROFILE.scripts().table(), orders);
    Ended absent = run.run(PROFILE.scripts().table(), items);
    Ended referenced = run.run(PROFILE.scripts().table(), replacing(orders));
    server.sql("app", "ALTER TABLE items DROP CONSTRAINT items_order");
    Ended replaced = run.run(PROFILE.scripts().table(), replacing(orders));

    assertThat(restored.code()).isZero();
    assertThat(refused.errors()).contains("the table orders exists");
    assertThat(absent).isEqualTo(new Ended(0, "100\n", ""));
    assertThat(referenced.errors()).contains("foreign keys refer to orders (items)");
    assertThat(replaced).isEqualTo(new Ended(0, "3000\n", ""));
    assertThat(run.probe("app").tables()).isEqualTo(backup.probes().get("db-main").tables());
  }

  private static Map<String, String> replacing(Map<String, String> table) {
    Map<String, String> more = new TreeMap<>(table);
    more.put("MUSTER_REPLACE", "true");
    return more;
  }

  @Test
  void swapChangesPlacesOfAllTables() throws Exception {
    server.sql("app", "DROP TRIGGER items_before");
    Backup backup = run.backup("");
    Ended restored =
        run.restore("db-main", stream(backup), Map.of("MUSTER_TARGET", "app_restored"));
    server.sql("app", "DELETE FROM orders");

    Ended swapped = run.run(PROFILE.scripts().swap(), Map.of("MUSTER_TARGET", "app_restored"));

    assertThat(restored.code()).isZero();
    assertThat(swapped.code()).isZero();
    assertThat(run.probe("app").tables()).isEqualTo(backup.probes().get("db-main").tables());
    String old = swapped.output().split(";", 2)[0];
    assertThat(server.sql(old, "SELECT COUNT(*) FROM orders")).isEqualTo("0\n");
    assertThat(swapped.output()).contains("app_restored");
  }

  private static byte[] stream(Backup backup) {
    return backup.streams().getOrDefault("db-main", new byte[0]);
  }
}
