package dev.muster.testkit;

import java.nio.file.Path;

/// A certificate of a server at 127.0.0.1 that nobody else signed.
final class ServerCertificate {

  private ServerCertificate() {}

  /// Writes both files, as PEM.
  static void write(Path folder, String certificate, String key) {
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
        key,
        "-out",
        certificate,
        "-days",
        "2",
        "-subj",
        "/CN=store",
        "-addext",
        "subjectAltName=IP:127.0.0.1");
  }
}
