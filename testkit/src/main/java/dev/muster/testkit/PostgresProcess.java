package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// A real PostgreSQL server on localhost, from the packages of the system, with an empty cluster.
public final class PostgresProcess implements AutoCloseable {
  public static final String PASSWORD = "postgres-secret";

  private final DatabaseProcess process = new DatabaseProcess("postgres");
  private final Path bin = newestBin();
  private final Path data = process.folder().resolve("data");
  private final int port = DatabaseProcess.freePort();

  private PostgresProcess() {}

  /// A new, empty cluster.
  public static PostgresProcess start() {
    PostgresProcess postgres = new PostgresProcess();
    postgres.init();
    postgres.serve();
    return postgres;
  }

  /// A server over a copy of another's data folder, as a restored volume would be.
  public static PostgresProcess over(Path copy) {
    PostgresProcess postgres = new PostgresProcess();
    postgres.process.run(Map.of(), "", "cp", "-a", copy.toString(), postgres.data.toString());
    postgres.process.run(
        Map.of(), "", "rm", "-f", postgres.data.resolve("postmaster.pid").toString());
    postgres.serve();
    return postgres;
  }

  private void init() {
    Path secret = process.folder().resolve("password");
    try {
      Files.writeString(secret, PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + secret, e);
    }
    process.runAsUser(
        bin.resolve("initdb").toString(),
        "--pgdata=" + data,
        "--username=postgres",
        "--pwfile=" + secret,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync");
  }

  private void serve() {
    process.runAsUser(
        bin.resolve("pg_ctl").toString(),
        "--pgdata=" + data,
        "--wait",
        "--log=" + process.folder().resolve("log"),
        "--options=-p " + port + " -k " + process.folder() + " -c fsync=off -c shared_buffers=16MB",
        "start");
  }

  public int port() {
    return port;
  }

  /// The data folder.
  public Path data() {
    return data;
  }

  /// Copies the data folder while every process of the server stands still, as a snapshot of the
  /// volume would.
  public void snapshot(Path target) {
    process.snapshot(postmaster(), data, target);
  }

  private ProcessHandle postmaster() {
    try {
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the server's pid", e);
    }
  }

  /// The environment of a container of the official image.
  public Map<String, String> environment(String database) {
    return Map.of(
        "POSTGRES_USER", "postgres", "POSTGRES_PASSWORD", PASSWORD, "POSTGRES_DB", database);
  }

  /// Runs a script of psql; throws if a statement fails. Returns what it printed, unaligned.
  public String sql(String database, String script) {
    return process.run(
        Map.of("PGPASSWORD", PASSWORD),
        script,
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "--set=ON_ERROR_STOP=1",
        "--host=127.0.0.1",
        "--port=" + port,
        "--username=postgres",
        "--dbname=" + database);
  }

  @Override
  public void close() {
    process.runAsUser(
        bin.resolve("pg_ctl").toString(), "--pgdata=" + data, "--mode=immediate", "--wait", "stop");
    process.delete();
  }

  private static Path newestBin() {
    Path root = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
          .max(Comparator.comparing(v -> Integer.valueOf(String.valueOf(v.getFileName()))))
          .orElseThrow(() -> new IllegalStateException("no PostgreSQL in " + root))
          .resolve("bin");
    } catch (IOException e) {
      throw new UncheckedIOException("install the package postgresql: nothing in " + root, e);
    }
  }
}
