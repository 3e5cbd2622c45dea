package dev.muster.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.testkit.Covers;
import dev.muster.torture.Backups.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Auditor and mover die by SIGKILL before and after each of their calls to a real store; the next
/// auditor, which knows only that store, ends the run with one whole point.
final class KillIT {

  /// Every so many calls: 1 means all of them.
  private static final int STEP = Integer.getInteger("muster.torture.step", 9);

  private static final int MORE_THAN_ALL = 1000;
  private static final int KILLED = 137;

  @TempDir static Path folder;
  private static World world;
  private static Path shared;

  @BeforeAll
  static void start() throws Exception {
    world = new World(folder);
    shared = Files.createDirectory(folder.resolve("shared"));
    world.site().write(shared);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  static Fate fate() {
    Dump dump = Dump.random(new Random(11), "main");
    return new Fate(Map.of("main", dump), Map.of("main", dump.whole()), 0, Optional.empty(), false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before", "after"})
  @Covers({"F19", "F20", "F31", "F62"})
  void whoeverIsKilledLeavesOneWholePoint(String when) throws Exception {
    Map<String, String> digests = Map.of("main", fate().dumps().get("main").sha256());
    int first = 1 + new Random().nextInt(STEP);
    int deaths = 0;
    for (int call = first; call < MORE_THAN_ALL; call += STEP) {
      String cluster = UUID.randomUUID().toString();
      int code = doomed(cluster, call, when);
      if (code == 0) {
        break;
      }
      assertThat(code).as("%s call %d", when, call).isEqualTo(KILLED);
      deaths++;
      try (BackupStore store = world.site().store(world.port())) {
        Backups.End end =
            new Backups(world.site(), store, Optional.empty()).run(cluster, 3, fate());

        String where = "%s call %d, journal %s".formatted(when, call, journal(store, cluster));
        assertThat(world.judge().word(end.manifestKey(), digests))
            .as(where)
            .isEqualTo(new Judge.Word.Whole());
        assertThat(end.sealed()).as(where).isTrue();
        assertThat(store.list(new Keys(cluster).points())).as(where).hasSize(1);
      }
    }
    System.err.printf("torture: killed %s %d calls to the store%n", when, deaths);
    Results.write("killed-" + when, Map.of("crash_points", deaths));
    assertThat(deaths).isGreaterThanOrEqualTo(20 / STEP);
  }

  private static List<String> journal(BackupStore store, String cluster) {
    return store.list(new Keys(cluster).runs()).stream()
        .map(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
        .toList();
  }

  private static int doomed(String cluster, int call, String when)
      throws IOException, InterruptedException {
    return new ProcessBuilder(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "dev.muster.torture.Doomed",
                shared.toString(),
                Integer.toString(world.port()),
                cluster,
                Integer.toString(call),
                when))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
