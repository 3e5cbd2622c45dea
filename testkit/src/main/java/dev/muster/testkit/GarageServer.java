package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real S3 server that takes no notice of preconditions (Garage), over plain HTTP with a bucket
/// `muster`, in a folder of its own. It runs as a process of tests alone, since its licence is the
/// AGPL.
public final class GarageServer implements AutoCloseable {

  public static final String ACCESS_KEY = "GK" + "0123456789ab".repeat(2);
  public static final String SECRET_KEY = "0123456789abcdef".repeat(4);

  private final ServerProcess process;
  private final int port;

  private GarageServer(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Starts it and returns when its bucket is there.
  public static GarageServer start(Path folder) {
    int port = DatabaseProcess.freePort();
    try {
      Path config =
          Files.writeString(
              folder.resolve("garage.toml"),
              CONFIG.formatted(folder, folder, DatabaseProcess.freePort(), SECRET_KEY, port));
      ServerProcess process =
          ServerProcess.start(
              folder,
              Map.of(
                  "GARAGE_DEFAULT_ACCESS_KEY",
                  ACCESS_KEY,
                  "GARAGE_DEFAULT_SECRET_KEY",
                  SECRET_KEY,
                  "GARAGE_DEFAULT_BUCKET",
                  ObjectStore.BUCKET),
              () -> answers(port),
              List.of(
                  Tools.path("garage"),
                  "-c",
                  config.toString(),
                  "server",
                  "--single-node",
                  "--default-bucket"));
      return new GarageServer(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start Garage in " + folder, e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.close();
  }

  /// It makes the bucket before it listens.
  private static boolean answers(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static final String CONFIG =
      """
      metadata_dir = "%s/meta"
      data_dir = "%s/data"
      db_engine = "lmdb"
      replication_factor = 1
      rpc_bind_addr = "127.0.0.1:%d"
      rpc_secret = "%s"

      [s3_api]
      s3_region = "us-east-1"
      api_bind_addr = "127.0.0.1:%d"
      """;
}
