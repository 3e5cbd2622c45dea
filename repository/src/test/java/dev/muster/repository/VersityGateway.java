package dev.muster.repository;

import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real S3 server over TLS with a versioned bucket `muster`, in a folder of its own.
public final class VersityGateway implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(30);

  private final Process process;
  private final Path folder;
  private final int port;
  private final String caPem;

  private VersityGateway(Process process, Path folder, int port, String caPem) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.caPem = caPem;
  }

  public static VersityGateway start(Path folder) throws IOException, InterruptedException {
    String tool = TestTools.path("versitygw");
    Path data = Files.createDirectories(folder.resolve("data"));
    Path versions = Files.createDirectories(folder.resolve("versions"));
    Files.createDirectories(data.resolve("muster"));
    run(
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
    int port = freePort();
    Process process =
        new ProcessBuilder(
                tool,
                "--port",
                "127.0.0.1:" + port,
                "--access",
                "root",
                "--secret",
                "test-secret",
                "--cert",
                folder.resolve("c.pem").toString(),
                "--key",
                folder.resolve("k.pem").toString(),
                "--quiet",
                "posix",
                "--versioning-dir",
                versions.toString(),
                data.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    VersityGateway gateway =
        new VersityGateway(process, folder, port, Files.readString(folder.resolve("c.pem")));
    gateway.awaitReady();
    return gateway;
  }

  /// The settings of its bucket.
  public S3Settings settings() {
    return new S3Settings(
        URI.create("https://127.0.0.1:" + port),
        "us-east-1",
        "muster",
        true,
        Optional.of(caPem),
        new S3Credentials("root", "test-secret", Optional.empty()));
  }

  public S3BackupStore open() {
    return S3BackupStore.open(settings());
  }

  public String caPem() {
    return caPem;
  }

  public int port() {
    return port;
  }

  /// Where an object lies as a file, for tests that damage it.
  public Path file(String key) {
    return folder.resolve("data/muster").resolve(key);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + READY.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IOException("versitygw is not ready: " + Files.readString(folder.resolve("log")));
      }
      Pause.real().pause(Duration.ofMillis(50));
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

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("command.log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + ": " + Files.readString(folder.resolve("command.log")));
    }
  }
}
