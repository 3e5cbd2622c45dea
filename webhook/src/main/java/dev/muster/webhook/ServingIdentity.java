package dev.muster.webhook;

import dev.muster.certs.CertificateAuthority;
import dev.muster.certs.CertificateCheck;
import dev.muster.certs.CertificateTrouble;
import dev.muster.certs.Finding;
import dev.muster.certs.ServingCertificate;
import dev.muster.http.TlsFiles;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import dev.muster.webhook.WebhookSettings.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives the server its certificate, checked before it is shown, and says whether callers that
/// trust the bundle in force would accept it.
final class ServingIdentity implements TlsSource {
  private final TlsSource source;
  private final Certificates.Files where;
  private final InstantSource clock;
  private final Runnable publish;
  private volatile boolean given;
  private volatile String trouble = "no tls.crt and tls.key yet";

  private ServingIdentity(
      TlsSource source, Certificates.Files where, InstantSource clock, Runnable publish) {
    this.source = source;
    this.publish = publish;
    this.where = where;
    this.clock = clock;
  }

  static ServingIdentity of(Certificates certificates, InstantSource clock) {
    return switch (certificates) {
      case Certificates.Files files ->
          new ServingIdentity(new TlsFiles(files.folder()), files, clock, () -> {});
      case Certificates.SelfSigned self -> selfSigned(self, clock);
    };
  }

  private static ServingIdentity selfSigned(Certificates.SelfSigned self, InstantSource clock) {
    var authority = CertificateAuthority.create(clock.instant());
    var serving = authority.issue(self.names(), clock.instant());
    var where = new Certificates.Files(Path.of(""), self.trustOut(), "--self-signed", List.of());
    return new ServingIdentity(
        TlsSource.fixed(identity(serving)),
        where,
        clock,
        () -> write(self.trustOut(), authority.certificatePem()));
  }

  /// Tells callers whom to trust, where they do not know. Only once the port is ours: the file may
  /// be that of another process, which serves there.
  void publish() {
    publish.run();
  }

  private static void write(Path file, String pem) {
    try {
      Files.writeString(file, pem);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the CA certificate to " + file, e);
    }
  }

  /// What cannot be used is nothing at the start, and thrown later: what is shown stays then.
  @Override
  public Optional<TlsIdentity> current() throws IOException {
    try {
      var found =
          source
              .current()
              .map(each -> ServingCertificate.read(each.certificates(), each.key()))
              .map(each -> each.requireNames(where.names()))
              .map(ServingIdentity::identity);
      given = given || found.isPresent();
      return found;
    } catch (CertificateTrouble e) {
      if (given) {
        throw new IllegalStateException(where.kept() + ": " + e.getMessage(), e);
      }
      trouble = String.valueOf(e.getMessage());
      return Optional.empty();
    }
  }

  /// Why a caller would refuse what is shown; a readiness check.
  Optional<String> problem(Optional<TlsIdentity> shown) {
    if (shown.isEmpty()) {
      return Optional.of(where.kept() + ": " + trouble);
    }
    return CertificateCheck.findings(data(shown.get()), where.names(), clock.instant()).stream()
        .filter(Finding::refused)
        .findFirst()
        .map(finding -> where.kept() + ": " + finding.text());
  }

  /// When the authority that signed what is shown expires.
  Optional<Instant> authorityNotAfter(Optional<TlsIdentity> shown) {
    return shown.flatMap(each -> CertificateCheck.authorityNotAfter(data(each)));
  }

  private Map<String, String> data(TlsIdentity shown) {
    return Map.of(
        "tls.crt", shown.certificates(), "tls.key", shown.key(), "ca.crt", trusted(where.trust()));
  }

  private static String trusted(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// The key in the one form that every TLS engine reads.
  private static TlsIdentity identity(ServingCertificate serving) {
    return new TlsIdentity(serving.certificatesPem(), serving.keyPem());
  }
}
