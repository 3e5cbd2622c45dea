package dev.muster.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PipesIT {

  @TempDir Path folder;

  @Test
  void pipesAreForEveryUserAndMakingThemAgainKeepsThem() throws Exception {
    Pipes.make(folder, List.of("globals", "db-app"), List.of("db-app"));
    Pipes.make(folder, List.of("globals", "db-app"), List.of("db-app"));

    for (String pipe : List.of("streams/globals", "streams/db-app", "probes/db-app")) {
      Path path = folder.resolve(pipe);
      assertThat(
              Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                  .isOther())
          .isTrue();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-rw-rw-");
    }
    for (String directory : List.of("streams", "probes", "sync")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve(directory))))
          .isEqualTo("rwxrwxrwx");
    }
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    for (String name : List.of("", "..", ".hidden", "a/b")) {
      assertThatThrownBy(() -> Pipes.make(folder, List.of(name), List.of()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @Covers("F40")
  void openingAPipeThatNobodyElseOpensEnds() throws Exception {
    Pipes.make(folder, List.of("s"), List.of());
    Path pipe = folder.resolve("streams/s");

    assertThat(Fifo.openForReading(pipe, Duration.ofMillis(200))).isEmpty();
    assertThat(Fifo.openForWriting(pipe, Duration.ofMillis(200))).isEmpty();
  }

  @Test
  void givingUpAtOnceLeavesNobodyInThePipe() throws Exception {
    Pipes.make(folder, List.of("left"), List.of());
    Path pipe = folder.resolve("streams/left");

    for (int i = 0; i < 200; i++) {
      assertThat(Fifo.openForReading(pipe, Duration.ZERO)).isEmpty();
    }

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("open left");
  }

  @Test
  @Covers("F93")
  void theBeaconSaysIsolatedOnlyWhenNothingAnswers() throws Exception {
    try (ServerSocket open = new ServerSocket(0)) {
      String answers = "127.0.0.1:" + open.getLocalPort();

      assertThat(Beacon.run(List.of("127.0.0.1:1"), Duration.ofSeconds(1))).isZero();
      assertThat(Beacon.run(List.of("127.0.0.1:1", answers), Duration.ofSeconds(1)))
          .isEqualTo(Beacon.NOT_ISOLATED);
      assertThat(Beacon.run(List.of(), Duration.ofSeconds(1))).isNotZero();
    }
  }
}
