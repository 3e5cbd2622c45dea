package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A real etcd of one member on localhost: the one of the test bed, without users or TLS.
public final class EtcdProcess implements AutoCloseable {
  private final DatabaseProcess process = new DatabaseProcess("root");
  private final int port = DatabaseProcess.freePort();
  private final Path data = process.folder().resolve("data");
  private final Process server;

  private EtcdProcess() {
    server = serve();
  }

  private EtcdProcess(Path snapshot, String[] options) {
    List<String> restore =
        new ArrayList<>(
            List.of(
                Tools.path("etcdutl"),
                "snapshot",
                "restore",
                snapshot.toString(),
                "--data-dir",
                data.toString()));
    restore.addAll(List.of(options));
    process.run(Map.of(), "", restore.toArray(String[]::new));
    server = serve();
  }

  /// A new, empty server.
  public static EtcdProcess start() {
    return new EtcdProcess();
  }

  /// A server over a restored snapshot.
  ///
  /// @param options of `etcdutl snapshot restore`
  public static EtcdProcess over(Path snapshot, String... options) {
    return new EtcdProcess(snapshot, options);
  }

  private Process serve() {
    String url = "http://127.0.0.1:" + port;
    try {
      Process started =
          new ProcessBuilder(
                  Tools.path("etcd"),
                  "--data-dir=" + data,
                  "--listen-client-urls=" + url,
                  "--advertise-client-urls=" + url,
                  "--listen-peer-urls=http://127.0.0.1:" + DatabaseProcess.freePort(),
                  "--unsafe-no-fsync")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.run(
          Map.of(),
          "",
          "sh",
          "-c",
          "n=0; until \"$0\" --endpoints=\"$1\" endpoint health; do n=$((n + 1)); [ $n -lt 100 ] || exit 1; done",
          Tools.path("etcdctl"),
          url);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start etcd", e);
    }
  }

  public int port() {
    return port;
  }

  /// A PATH with the programs of etcd.
  public static String path() {
    return Stream.concat(
            Stream.of("etcd", "etcdctl", "etcdutl")
                .map(name -> Path.of(Tools.path(name)).resolveSibling("").toString())
                .distinct(),
            Stream.of(System.getenv("PATH")))
        .collect(Collectors.joining(":"));
  }

  /// Runs one command of etcdctl and returns what it printed; throws if it failed.
  public String run(String... command) {
    List<String> whole =
        new ArrayList<>(List.of(Tools.path("etcdctl"), "--endpoints=http://127.0.0.1:" + port));
    whole.addAll(List.of(command));
    return process.run(Map.of(), "", whole.toArray(String[]::new)).strip();
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
