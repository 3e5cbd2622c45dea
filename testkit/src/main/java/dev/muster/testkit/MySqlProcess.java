package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real MySQL server on localhost, with an empty data folder. Server and clients come from a
/// newer Debian: this one has MariaDB in their place.
public final class MySqlProcess implements AutoCloseable {
  public static final String PASSWORD = "mysql-secret";

  private final DatabaseProcess process = new DatabaseProcess("root");
  private final int port = DatabaseProcess.freePort();
  private final Path programs = Tools.debian("mysql");
  private final Path data = process.folder().resolve("data");
  private final Process server;

  private MySqlProcess() {
    process.run(Map.of(), "", arguments("--initialize-insecure"));
    server = serve();
    process.run(
        Map.of(),
        "",
        program("mysqladmin"),
        "--no-defaults",
        "--socket=" + socket(),
        "--user=root",
        "--wait=60",
        "ping");
    process.run(
        Map.of(),
        "CREATE USER root@'%%' IDENTIFIED BY '%s'; GRANT ALL ON *.* TO root@'%%' WITH GRANT OPTION; ALTER USER root@localhost IDENTIFIED BY '%s';"
            .formatted(PASSWORD, PASSWORD),
        program("mysql"),
        "--no-defaults",
        "--socket=" + socket(),
        "--user=root");
  }

  public static MySqlProcess start() {
    return new MySqlProcess();
  }

  private Process serve() {
    try {
      return new ProcessBuilder(
              arguments(
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--socket=" + socket(),
                  "--pid-file=" + process.folder().resolve("pid"),
                  "--mysqlx=OFF",
                  "--innodb-flush-log-at-trx-commit=0",
                  "--innodb-buffer-pool-size=32M"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + program("mysqld"), e);
    }
  }

  private String[] arguments(String... more) {
    Path root = programs.resolve("root/usr");
    List<String> all =
        new java.util.ArrayList<>(
            List.of(
                program("mysqld"),
                "--no-defaults",
                "--datadir=" + data,
                "--basedir=" + root,
                "--plugin-dir=" + root.resolve("lib/mysql/plugin"),
                "--lc-messages-dir=" + root.resolve("share/mysql"),
                "--secure-file-priv=",
                "--tmpdir=" + process.folder(),
                "--skip-log-bin"));
    if ("root".equals(System.getProperty("user.name"))) {
      all.add("--user=root");
    }
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  public int port() {
    return port;
  }

  /// The folder of the client programs.
  public Path bin() {
    return programs.resolve("bin");
  }

  /// The environment of a container of the official image.
  public Map<String, String> environment(String database) {
    return Map.of(
        "MYSQL_ROOT_PASSWORD",
        PASSWORD,
        "MYSQL_DATABASE",
        database,
        "PATH",
        bin() + ":" + System.getenv("PATH"));
  }

  /// Runs a script as root; throws if a statement fails. Returns what it printed, tab-separated.
  public String sql(String database, String script) {
    return sql("root", database, script);
  }

  /// Runs a script as another user that has the same password.
  public String sql(String user, String database, String script) {
    return process.run(
        Map.of("MYSQL_PWD", PASSWORD),
        script,
        program("mysql"),
        "--no-defaults",
        "--protocol=tcp",
        "--host=127.0.0.1",
        "--port=" + port,
        "--user=" + user,
        "--default-character-set=utf8mb4",
        "--batch",
        "--skip-column-names",
        "--database=" + database);
  }

  private String program(String name) {
    return bin().resolve(name).toString();
  }

  private String socket() {
    return process.folder().resolve("s").toString();
  }

  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(60, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process.delete();
  }
}
