package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real Redis server on localhost, from the packages of the system. It saves nothing by itself.
public final class RedisProcess implements AutoCloseable {
  public static final String PASSWORD = "it's \"redis\" secret";
  private static final String AWAIT =
      """
      n=0
      until redis-cli -p "$0" PING | grep -q PONG; do
        n=$((n + 1))
        [ $n -lt 300 ] || exit 1
        sleep 0.1
      done
      """;

  private final DatabaseProcess process = new DatabaseProcess("redis");
  private final int port = DatabaseProcess.freePort();
  private final Path data = process.folder().resolve("data");
  private final String appendOnly;
  private final List<String> program;
  private final List<String> more;
  private final Process server;

  private RedisProcess(boolean appendOnly, List<String> program, List<String> more) {
    this.appendOnly = appendOnly ? "yes" : "no";
    this.program = program;
    this.more = more;
    process.runAsUser("mkdir", data.toString());
    this.server = serve();
  }

  private RedisProcess(boolean appendOnly, Path copy) {
    this.appendOnly = appendOnly ? "yes" : "no";
    this.program = List.of();
    this.more = List.of();
    process.run(Map.of(), "", "cp", "-a", copy.toString(), data.toString());
    this.server = serve();
  }

  /// @param appendOnly whether a restart reads the append-only file, not the dump
  public static RedisProcess start(boolean appendOnly) {
    return new RedisProcess(appendOnly, List.of(), List.of());
  }

  /// @param more arguments of the server, which win over those that it has
  public static RedisProcess with(String... more) {
    return new RedisProcess(false, List.of(), List.of(more));
  }

  /// Another program that takes the same arguments, such as Valkey's. It runs as this process does.
  public static RedisProcess of(Path program) {
    return new RedisProcess(false, List.of(program.toString()), List.of());
  }

  /// A server over a copy of another's data folder, as a restored volume would be.
  public static RedisProcess over(boolean appendOnly, Path copy) {
    return new RedisProcess(appendOnly, copy);
  }

  private Process serve() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                data.toString(),
                "--requirepass",
                PASSWORD,
                "--save",
                "",
                "--appendonly",
                appendOnly,
                "--repl-diskless-sync-delay",
                "0"));
    arguments.addAll(more);
    try {
      Process started =
          new ProcessBuilder(command(arguments))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.run(environment(), "", "sh", "-c", AWAIT, Integer.toString(port));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("install the package redis-server", e);
    }
  }

  private List<String> command(List<String> arguments) {
    List<String> whole = new ArrayList<>(program.isEmpty() ? List.of("redis-server") : program);
    whole.addAll(arguments);
    return program.isEmpty() ? process.asUser(whole) : whole;
  }

  public int port() {
    return port;
  }

  /// The server's own process.
  public ProcessHandle handle() {
    return server.toHandle();
  }

  /// The environment of a container whose server has this password.
  public Map<String, String> environmentOfImage() {
    return Map.of("REDIS_PASSWORD", PASSWORD);
  }

  /// The data folder.
  public Path data() {
    return data;
  }

  /// Copies the data folder while the server stands still, as a snapshot of the volume would.
  public void snapshot(Path target) {
    process.snapshot(server.toHandle(), data, target);
  }

  /// Runs one command of redis-cli and returns what it printed; throws if it was refused.
  public String run(String... command) {
    List<String> whole = new ArrayList<>(List.of("redis-cli", "-e", "-p", Integer.toString(port)));
    whole.addAll(List.of(command));
    return process.run(environment(), "", whole.toArray(String[]::new)).strip();
  }

  /// Runs one command whose last argument is the text.
  public String runWith(String text, String... command) {
    List<String> whole =
        new ArrayList<>(List.of("redis-cli", "-e", "-x", "-p", Integer.toString(port)));
    whole.addAll(List.of(command));
    return process.run(environment(), text, whole.toArray(String[]::new)).strip();
  }

  /// The server can start no other process from now on, as where the node has no memory for it.
  public void forkNoMore() {
    process.runAsUser("prlimit", "--pid", Long.toString(server.pid()), "--nproc=1:1");
  }

  private static Map<String, String> environment() {
    return Map.of("REDISCLI_AUTH", PASSWORD);
  }

  @Override
  public void close() {
    server.destroyForcibly();
    try {
      server.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.delete();
  }
}
