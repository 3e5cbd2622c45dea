package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfile;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.profiles.ProfileRun.Backup;
import dev.muster.policies.profiles.ProfileRun.Ended;
import dev.muster.testkit.Covers;
import dev.muster.testkit.EtcdProcess;
import dev.muster.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class EtcdProfileIT {
  private static final EngineProfile PROFILE =
      EngineProfilesReader.read(Optional.empty()).find("etcd").orElseThrow();

  @TempDir private Path folder;
  private EtcdProcess server;

  @BeforeEach
  void start() {
    server = EtcdProcess.start();
    for (int i = 0; i < 30; i++) {
      server.run("put", "/registry/" + i, "value\n" + i);
    }
    server.run("del", "/registry/7");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ProfileRun run(EtcdProcess etcd) {
    return run(etcd, EtcdProcess.path());
  }

  private ProfileRun run(EtcdProcess etcd, String path) {
    return new ProfileRun(PROFILE, Map.of("PATH", path, "ETCD_NAME", "db-0"), etcd.port(), folder);
  }

  @Test
  void restoredKeysAreThoseOfTheCutUnderWriteLoad() throws Exception {
    Backup backup;
    try (Writer writer =
        new Writer(round -> {
          server.run("put", "/w/" + round, "x");
          server.run("put", "/registry/1", "changed " + round);
        })) {
      writer.awaitRounds(3);
      backup = run(server).backup("");
      writer.awaitRounds(2);
    }

    try (EtcdProcess empty = EtcdProcess.start()) {
      Ended restored = run(empty).restore("server", stream(backup), Map.of());
      Probe probe = run(empty).probe("");

      assertThat(backup.succeeded()).as(backup.ends().toString()).isTrue();
      assertThat(restored).isEqualTo(new Ended(0, "", ""));
      assertThat(probe.tables()).isEqualTo(taken(backup).tables());
      assertThat(probe.tables().get("keys").rows()).isGreaterThan(29);
      assertThat(taken(backup).header().path("relation").asText()).isEqualTo("same-snapshot");
      assertThat(run(server).probe("").tables()).isNotEqualTo(probe.tables());
      assertThat(run(empty).run(PROFILE.scripts().check(), Map.of()))
          .isEqualTo(new Ended(0, "", ""));
    }
  }

  @Test
  @Covers("F91")
  void fileOfTheDumpStartsAServerWhoseRevisionsAreAheadOfAllThatWere() throws Exception {
    Path snapshot = Files.write(folder.resolve("snapshot"), stream(run(server).backup("")));

    try (EtcdProcess restored =
        EtcdProcess.over(snapshot, "--bump-revision", "1000000000", "--mark-compacted")) {
      assertThat(restored.run("get", "/registry/8", "--print-value-only")).isEqualTo("value\n8");
      assertThat(restored.run("get", "/registry/8", "--write-out=json"))
          .containsPattern("\"revision\":10000000[0-9]{2}");
    }
  }

  @Test
  void keyThatChangesOrMovesItsEndIntoTheValueIsNoticed() throws Exception {
    Probe before = run(server).probe("");
    server.run("put", "/registry/8", "value\n9");
    Probe changed = run(server).probe("");
    server.run("del", "/registry/8");
    server.run("put", "/registry/8\nvalue", "9");
    Probe moved = run(server).probe("");

    assertThat(changed.tables()).isNotEqualTo(before.tables());
    assertThat(moved.tables()).isNotEqualTo(changed.tables());
  }

  /// A file that was copied from a data folder is a database as well, and may be torn.
  @Test
  @Covers("F91")
  void snapshotWithoutOrWithAWrongHashIsRefused() throws Exception {
    byte[] whole = stream(run(server).backup(""));
    byte[] none = Arrays.copyOf(whole, whole.length - 32);
    byte[] wrong = whole.clone();
    wrong[whole.length / 2] ^= 1;

    try (EtcdProcess empty = EtcdProcess.start()) {
      assertThat(run(empty).restore("server", none, Map.of()).errors())
          .contains("no hash at its end");
      assertThat(run(empty).restore("server", wrong, Map.of()).errors()).contains("is broken");
      assertThat(empty.run("get", "", "--from-key")).isEmpty();
    }
    for (String damage : new String[] {"truncate -s -32", "truncate -s -100"}) {
      Backup backup = run(server, damaging(damage)).backup("");
      assertThat(backup.ends().get("dump-server").code()).as(damage).isNotZero();
      assertThat(backup.ends().get("dump-server").errors()).contains("no hash at its end");
      assertThat(stream(backup)).isEmpty();
    }
  }

  /// A PATH with an etcdctl whose snapshots are then damaged.
  private String damaging(String damage) throws Exception {
    Path bin = Files.createTempDirectory(folder, "bin");
    Path client = bin.resolve("etcdctl");
    Files.writeString(
        client,
        """
        #!/bin/sh
        %s "$@" || exit
        for last in "$@"; do :; done
        case " $* " in *' snapshot save '*) %s "$last"; : > "$MUSTER_DIR/sync/revision-server" ;; esac
        """
            .formatted(Tools.path("etcdctl"), damage));
    assertThat(client.toFile().setExecutable(true)).isTrue();
    return bin + ":" + EtcdProcess.path();
  }

  @Test
  void serverWithKeysIsNotRestoredInto() throws Exception {
    byte[] snapshot = stream(run(server).backup(""));
    try (EtcdProcess used = EtcdProcess.start()) {
      used.run("put", "mine", "1");

      Ended restored = run(used).restore("server", snapshot, Map.of());

      assertThat(restored.code()).isNotZero();
      assertThat(restored.errors()).contains("the server holds keys").contains("--to FILE");
      assertThat(used.run("get", "", "--from-key", "--keys-only")).isEqualTo("mine");
    }
  }

  private static Probe taken(Backup backup) {
    return backup.probes().get("server");
  }

  private static byte[] stream(Backup backup) {
    return backup.streams().getOrDefault("server", new byte[0]);
  }
}
