package dev.muster.webhook;

import dev.muster.certs.CertificateAuthority;
import dev.muster.certs.CertificateTrouble;
import dev.muster.certs.ServingCertificate;
import dev.muster.certs.TrustBundle;
import dev.muster.http.TlsFiles;
import dev.muster.http.TlsIdentity;
import dev.muster.http.TlsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Gives the server its certificate, checked before it is shown, and says whether callers that
/// trust the bundle in force would accept it.
final class ServingIdentity implements TlsSource {
  private final TlsSource source;
  private final Optional<Path> trust;
  private final InstantSource clock;

  private ServingIdentity(TlsSource source, Optional<Path> trust, InstantSource clock) {
    this.source = source;
    this.trust = trust;
    this.clock = clock;
  }

  static ServingIdentity of(WebhookSettings.Certificates certificates, InstantSource clock) {
    return switch (certificates) {
      case WebhookSettings.Certificates.Files files ->
          new ServingIdentity(new TlsFiles(files.folder()), files.trust(), clock);
      case WebhookSettings.Certificates.SelfSigned self -> selfSigned(self, clock);
    };
  }

  private static ServingIdentity selfSigned(
      WebhookSettings.Certificates.SelfSigned self, InstantSource clock) {
    var authority = CertificateAuthority.create(clock.instant());
    var serving = authority.issue(self.names(), clock.instant());
    try {
      Files.writeString(self.trustOut(), authority.certificatePem());
    } catch (IOException e) {
      throw new IllegalStateException("cannot write the CA certificate to " + self.trustOut(), e);
    }
    var identity = new TlsIdentity(serving.certificatesPem(), serving.keyPem());
    return new ServingIdentity(TlsSource.fixed(identity), Optional.of(self.trustOut()), clock);
  }

  @Override
  public Optional<TlsIdentity> current() throws IOException {
    var found = source.current();
    found.ifPresent(each -> ServingCertificate.read(each.certificates(), each.key()));
    return found;
  }

  /// Why a caller would refuse what is shown; a readiness check.
  Optional<String> problem(Optional<TlsIdentity> shown) {
    if (shown.isEmpty()) {
      return Optional.of("no serving certificate yet");
    }
    try {
      var serving = ServingCertificate.read(shown.get().certificates(), shown.get().key());
      var now = clock.instant();
      if (!serving.notAfter().isAfter(now)) {
        return Optional.of("serving certificate expired at " + serving.notAfter());
      }
      if (trust.isEmpty()) {
        return Optional.empty();
      }
      var bundle = TrustBundle.read(Files.readString(trust.get()));
      return bundle.trusts(serving, now)
          ? Optional.empty()
          : Optional.of("serving certificate does not chain to " + trust.get());
    } catch (IOException | CertificateTrouble e) {
      return Optional.of(
          "trust bundle " + trust.orElseThrow() + " is not readable yet: " + e.getMessage());
    }
  }
}
