package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A real S3 server (versitygw) over TLS with a versioned bucket `muster`, in a folder of its own.
/// Its certificate `c.pem` and key `k.pem` there are for 127.0.0.1 and may serve other test servers
/// too.
public final class ObjectStore implements AutoCloseable {

  public static final String BUCKET = "muster";
  public static final String ACCESS_KEY = "root";
  public static final String SECRET_KEY = "test-secret";

  private final ServerProcess process;
  private final Path folder;
  private final String scheme;
  private final int port;

  private ObjectStore(ServerProcess process, Path folder, String scheme, int port) {
    this.process = process;
    this.folder = folder;
    this.scheme = scheme;
    this.port = port;
  }

  /// Without TLS, for tests of many connections that are not about it.
  public static ObjectStore startPlain(Path folder) {
    return serve(folder, "http", List.of());
  }

  /// Starts it and returns when it accepts connections.
  public static ObjectStore start(Path folder) {
    ServerCertificate.write(folder, "c.pem", "k.pem");
    String certificate = folder.resolve("c.pem").toString();
    String key = folder.resolve("k.pem").toString();
    return serve(folder, "https", List.of("--cert", certificate, "--key", key));
  }

  public URI endpoint() {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /// The certificate to trust.
  public String caPem() {
    try {
      return Files.readString(folder.resolve("c.pem"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where an object lies as a file, for tests that damage it.
  public Path file(String key) {
    return folder.resolve("data").resolve(BUCKET).resolve(key);
  }

  @Override
  public void close() {
    process.close();
  }

  private static ObjectStore serve(Path folder, String scheme, List<String> tls) {
    try {
      Path data = Files.createDirectories(folder.resolve("data"));
      Path versions = Files.createDirectories(folder.resolve("versions"));
      Files.createDirectories(data.resolve(BUCKET));
      int port = DatabaseProcess.freePort();
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of(
              Tools.path("versitygw"),
              "--port",
              "127.0.0.1:" + port,
              "--access",
              ACCESS_KEY,
              "--secret",
              SECRET_KEY,
              "--quiet"));
      command.addAll(tls);
      command.addAll(List.of("posix", "--versioning-dir", versions.toString(), data.toString()));
      ServerProcess process = ServerProcess.start(folder, Map.of(), () -> answers(port), command);
      return new ObjectStore(process, folder, scheme, port);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start versitygw in " + folder, e);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
