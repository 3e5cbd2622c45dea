package dev.muster.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs programs of a database server as its own user, in a folder that goes away.
final class DatabaseProcess {
  private final String user;
  private final Path folder;

  DatabaseProcess(String user) {
    this.user = user;
    try {
      this.folder = Files.createTempDirectory("muster-" + user + "-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder for " + user, e);
    }
    if (isRoot()) {
      run(Map.of(), "", "chown", user + ":", folder.toString());
    }
  }

  Path folder() {
    return folder;
  }

  /// A command that runs as the server's user; servers refuse to run as root.
  List<String> asUser(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    List<String> whole =
        new ArrayList<>(
            List.of("setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--"));
    whole.addAll(command);
    return whole;
  }

  String runAsUser(String... command) {
    return run(Map.of(), "", asUser(List.of(command)).toArray(String[]::new));
  }

  /// Runs a command to its end; throws [IllegalStateException] with its output if it fails.
  String run(Map<String, String> environment, String input, String... command) {
    try {
      Path output = Files.createTempFile("muster-out-", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(output.toFile()).start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(UTF_8));
      }
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + command[0] + " ran", e);
    }
  }

  /// Copies a folder while a server and all its processes stand still.
  void snapshot(ProcessHandle server, Path data, Path target) {
    List<ProcessHandle> still = new ArrayList<>(List.of(server));
    try {
      signal("-STOP", server); // first: then it starts no others
      server.descendants().forEach(still::add);
      still.forEach(each -> signal("-STOP", each));
      run(Map.of(), "", "cp", "-a", data.toString(), target.toString());
    } finally {
      still.reversed().forEach(each -> signal("-CONT", each));
    }
  }

  /// Harmless where the process has just ended.
  private void signal(String signal, ProcessHandle process) {
    try {
      run(Map.of(), "", "kill", signal, Long.toString(process.pid()));
    } catch (IllegalStateException e) {
      if (process.isAlive()) {
        throw e;
      }
    }
  }

  void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
