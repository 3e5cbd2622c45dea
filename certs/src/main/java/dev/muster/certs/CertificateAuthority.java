package dev.muster.certs;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A self-signed P-256 authority that issues the serving certificates of Muster's own servers.
///
/// The caller keeps [#certificatePem()] and [#keyPem()] (a Secret) and reads them back with
/// [#read(String, String)]; nothing here has a clock.
public final class CertificateAuthority {
  public static final Duration LIFE = Duration.ofDays(730);
  public static final Duration SERVING_LIFE = Duration.ofDays(90);

  /// Certificates begin a little earlier than now, for callers whose clock is behind.
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    if (certificate.getBasicConstraints() < 0) {
      throw new CertificateTrouble("ca.crt is not a CA certificate");
    }
    if (!KeyMatch.holds(certificate.getPublicKey(), key)) {
      throw new CertificateTrouble("ca.key does not belong to ca.crt");
    }
    this.certificate = certificate;
    this.key = key;
  }

  /// A new authority with a key of its own, valid from `now` for [#LIFE].
  public static CertificateAuthority create(Instant now) {
    // Each authority has its own name, so that callers never try the wrong one of two.
    var name = new X500Name("CN=muster-ca-" + HexFormat.of().toHexDigits(RANDOM.nextInt()));
    var keys = keys();
    return new CertificateAuthority(
        sign(Template.authority(name, now), name, keys.getPrivate(), keys), keys.getPrivate());
  }

  /// @throws CertificateTrouble when one is not readable or they do not belong together
  public static CertificateAuthority read(String certificate, String key) {
    return new CertificateAuthority(
        Pem.readCertificates(certificate).getFirst(), Pem.readPrivateKey(key));
  }

  /// A serving certificate with a fresh key for `names` (DNS names or IP addresses), valid from
  /// `now` for [#SERVING_LIFE], never beyond the authority itself.
  public ServingCertificate issue(Collection<String> names, Instant now) {
    if (names.isEmpty()) {
      throw new CertificateTrouble("a serving certificate needs at least one name");
    }
    var keys = keys();
    var issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    var leaf = sign(Template.serving(names, now, notAfter()), issuer, key, keys);
    return new ServingCertificate(List.of(leaf), keys.getPrivate());
  }

  public X509Certificate certificate() {
    return certificate;
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  public String certificatePem() {
    return Pem.write(List.of(certificate));
  }

  public String keyPem() {
    return Pem.write(key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateAuthority that && certificate.equals(that.certificate);
  }

  @Override
  public int hashCode() {
    return certificate.hashCode();
  }

  @Override
  public String toString() {
    return "CertificateAuthority["
        + certificate.getSubjectX500Principal()
        + " until "
        + notAfter()
        + "]";
  }

  private record Template(
      X500Name subject, Instant from, Instant until, boolean authority, List<GeneralName> names) {

    static Template authority(X500Name name, Instant now) {
      return new Template(name, now.minus(SKEW), now.plus(LIFE), true, List.of());
    }

    static Template serving(Collection<String> names, Instant now, Instant latest) {
      var until = now.plus(SERVING_LIFE);
      var general = names.stream().map(CertificateAuthority::generalName).toList();
      return new Template(
          new X500Name("CN=muster"),
          now.minus(SKEW),
          until.isBefore(latest) ? until : latest,
          false,
          general);
    }
  }

  private static X509Certificate sign(
      Template template, X500Name issuer, PrivateKey signingKey, KeyPair subjectKeys) {
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, RANDOM),
            Date.from(template.from()),
            Date.from(template.until()),
            template.subject(),
            subjectKeys.getPublic());
    try {
      var identifiers = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          identifiers.createSubjectKeyIdentifier(subjectKeys.getPublic()));
      builder.addExtension(
          Extension.basicConstraints,
          true,
          template.authority() ? new BasicConstraints(0) : new BasicConstraints(false));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(
              template.authority()
                  ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                  : KeyUsage.digitalSignature));
      if (!template.authority()) {
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(template.names().toArray(GeneralName[]::new)));
      }
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(signingKey);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new CertificateTrouble(
          "certificate for " + template.subject() + " cannot be signed", e);
    }
  }

  private static GeneralName generalName(String name) {
    boolean address = name.matches("[0-9.]+") || name.contains(":");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name);
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new CertificateTrouble("this runtime has no P-256", e);
    }
  }
}
