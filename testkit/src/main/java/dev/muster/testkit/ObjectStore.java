package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real S3 server (versitygw) over TLS with a versioned bucket `muster`, in a folder of its own.
/// Its certificate `c.pem` and key `k.pem` there are for 127.0.0.1 and may serve other test servers
/// too.
public final class ObjectStore implements AutoCloseable {

  public static final String BUCKET = "muster";
  public static final String ACCESS_KEY = "root";
  public static final String SECRET_KEY = "test-secret";

  private static final Duration READY = Duration.ofSeconds(30);

  private final Process process;
  private final Path folder;
  private final String scheme;
  private final int port;

  private ObjectStore(Process process, Path folder, String scheme, int port) {
    this.process = process;
    this.folder = folder;
    this.scheme = scheme;
    this.port = port;
  }

  /// Without TLS, for tests of many connections that are not about it.
  public static ObjectStore startPlain(Path folder) {
    try {
      return serve(folder, "http", List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start versitygw in " + folder, e);
    }
  }

  /// Starts it and returns when it accepts connections.
  public static ObjectStore start(Path folder) {
    try {
      Tools.run(
          folder,
          "openssl",
          "req",
          "-x509",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:P-256",
          "-nodes",
          "-keyout",
          "k.pem",
          "-out",
          "c.pem",
          "-days",
          "2",
          "-subj",
          "/CN=store",
          "-addext",
          "subjectAltName=IP:127.0.0.1");
      String certificate = folder.resolve("c.pem").toString();
      String key = folder.resolve("k.pem").toString();
      return serve(folder, "https", List.of("--cert", certificate, "--key", key));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start versitygw in " + folder, e);
    }
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
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectStore serve(Path folder, String scheme, List<String> tls)
      throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path versions = Files.createDirectories(folder.resolve("versions"));
    Files.createDirectories(data.resolve(BUCKET));
    int port = freePort();
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
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    ObjectStore store = new ObjectStore(process, folder, scheme, port);
    store.awaitReady();
    return store;
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + READY.toNanos();
    try {
      while (!answers()) {
        boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          throw new IOException("versitygw: " + Files.readString(folder.resolve("log")));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while versitygw starts", e);
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
