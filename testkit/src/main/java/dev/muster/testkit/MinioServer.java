package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real S3 server (MinIO) over TLS with a bucket `muster`, in a folder of its own. It runs as a
/// process of tests alone, since its licence is the AGPL.
public final class MinioServer implements AutoCloseable {

  private final ServerProcess process;
  private final Path folder;
  private final URI endpoint;

  private MinioServer(ServerProcess process, Path folder, URI endpoint) {
    this.process = process;
    this.folder = folder;
    this.endpoint = endpoint;
  }

  /// Without TLS, for tests of many connections that are not about it.
  public static MinioServer startPlain(Path folder) {
    return serve(folder, "http");
  }

  /// Starts it and returns when it answers requests. Its credential is that of [ObjectStore].
  public static MinioServer start(Path folder) {
    try {
      Path certificates = Files.createDirectories(folder.resolve("certs"));
      ServerCertificate.write(certificates, "public.crt", "private.key");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start MinIO in " + folder, e);
    }
    return serve(folder, "https");
  }

  private static MinioServer serve(Path folder, String scheme) {
    try {
      Path data = folder.resolve("data");
      Files.createDirectories(data.resolve(ObjectStore.BUCKET));
      Path certificates = Files.createDirectories(folder.resolve("certs"));
      String address = "127.0.0.1:" + DatabaseProcess.freePort();
      URI endpoint = URI.create(scheme + "://" + address);
      ServerProcess process =
          ServerProcess.start(
              folder,
              Map.of(
                  "MINIO_ROOT_USER",
                  ObjectStore.ACCESS_KEY,
                  "MINIO_ROOT_PASSWORD",
                  ObjectStore.SECRET_KEY,
                  "MINIO_BROWSER",
                  "off",
                  "MINIO_UPDATE",
                  "off",
                  "HOME",
                  folder.toString()),
              () -> answers(folder, endpoint),
              List.of(
                  Tools.path("minio"),
                  "server",
                  "--quiet",
                  "--certs-dir",
                  certificates.toString(),
                  "--address",
                  address,
                  data.toString()));
      return new MinioServer(process, folder, endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start MinIO in " + folder, e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /// The certificate to trust.
  public String caPem() {
    try {
      return Files.readString(folder.resolve("certs/public.crt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  /// It takes connections long before it can answer: then a request without a name is refused.
  private static boolean answers(Path folder, URI endpoint) {
    return Tools.run(
            folder,
            "sh",
            "-c",
            "curl -s -o body -w '%{http_code}' $([ ! -e certs/public.crt ] || echo --cacert certs/public.crt) \"$0\" || true",
            endpoint.toString())
        .equals("403");
  }
}
