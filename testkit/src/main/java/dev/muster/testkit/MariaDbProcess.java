package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A real MariaDB server on localhost, from the packages of the system, with an empty data folder.
public final class MariaDbProcess implements AutoCloseable {
  public static final String PASSWORD = "mariadb-secret";

  private final DatabaseProcess process = new DatabaseProcess("mysql");
  private final int port = DatabaseProcess.freePort();
  private final Path data = process.folder().resolve("data");
  private final Process server;

  private MariaDbProcess(String password) {
    process.runAsUser(
        "mariadb-install-db",
        "--no-defaults",
        "--datadir=" + data,
        "--tmpdir=" + process.folder(),
        "--auth-root-authentication-method=normal",
        "--skip-test-db");
    server = serve();
    awaitAnswer();
    process.run(
        Map.of(),
        "CREATE OR REPLACE USER root@'%' IDENTIFIED BY '"
            + password.replace("\\", "\\\\").replace("'", "''")
            + "';"
            + "GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;"
            + "DROP USER root@localhost, root@'127.0.0.1', root@'::1';"
            + "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> '%');"
            + "FLUSH PRIVILEGES;",
        "mariadb",
        "--no-defaults",
        "--socket=" + socket(),
        "--user=root");
  }

  private MariaDbProcess(Path copy) {
    process.run(Map.of(), "", "cp", "-a", copy.toString(), data.toString());
    server = serve();
    awaitAnswer();
  }

  public static MariaDbProcess start() {
    return new MariaDbProcess(PASSWORD);
  }

  /// With another password, as the empty engine of a drill has one.
  public static MariaDbProcess start(String password) {
    return new MariaDbProcess(password);
  }

  /// A server over a copy of another's data folder, as a restored volume would be.
  public static MariaDbProcess over(Path copy) {
    return new MariaDbProcess(copy);
  }

  private void awaitAnswer() {
    process.run(
        Map.of(),
        "",
        "mariadb-admin",
        "--no-defaults",
        "--socket=" + socket(),
        "--user=root",
        "--wait=200",
        "ping");
  }

  private Process serve() {
    List<String> command =
        process.asUser(
            List.of(
                "mariadbd",
                "--no-defaults",
                "--datadir=" + data,
                // A server that starts removes the temporary tables of all that share the folder.
                "--tmpdir=" + process.folder(),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + socket(),
                "--pid-file=" + process.folder().resolve("pid"),
                "--log-error=" + process.folder().resolve("log"),
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M",
                "--skip-log-bin"));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("install the package mariadb-server", e);
    }
  }

  public int port() {
    return port;
  }

  /// Copies the data folder while the server stands still, as a snapshot of the volume would.
  public void snapshot(Path target) {
    process.snapshot(server.toHandle(), data, target);
  }

  /// The environment of a container of the official image.
  public Map<String, String> environment(String database) {
    return Map.of("MARIADB_ROOT_PASSWORD", PASSWORD, "MARIADB_DATABASE", database);
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
        "mariadb",
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
