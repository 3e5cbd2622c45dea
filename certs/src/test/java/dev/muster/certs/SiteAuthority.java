package dev.muster.certs;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// The authority of a site: a root and an intermediate, and Secrets as cert-manager or openssl fill
/// them. For the tests of others, too.
public final class SiteAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final KeyPair rootKeys = keys("EC", 256);
  private final KeyPair intermediateKeys = keys("EC", 384);
  private final X509Certificate root;
  private final X509Certificate intermediate;

  /// Its root lives as long as said, its intermediate a year.
  public SiteAuthority(Instant now, Duration life) {
    var name = "CN=site-root-" + Integer.toHexString(RANDOM.nextInt());
    root = sign(Template.authority(name, now, now.plus(life)), name, rootKeys, rootKeys);
    intermediate =
        sign(
            Template.authority("CN=site-issuing", now, now.plus(Duration.ofDays(365))),
            name,
            rootKeys,
            intermediateKeys);
  }

  /// How a private key is written.
  public enum KeyForm {
    RSA_PKCS1("RSA", 2048),
    RSA_PKCS8("RSA", 2048),
    EC_SEC1("EC", 256),
    EC_PKCS8("EC", 384);

    private final String algorithm;
    private final int size;

    KeyForm(String algorithm, int size) {
      this.algorithm = algorithm;
      this.size = size;
    }
  }

  /// `tls.crt` with leaf and intermediate, `tls.key`, `ca.crt`; valid for 90 days.
  public Map<String, String> secret(KeyForm form, Instant now, String... names) {
    return secret(form, KeyPurposeId.id_kp_serverAuth, now, names);
  }

  Map<String, String> secret(KeyForm form, KeyPurposeId purpose, Instant now, String... names) {
    var keys = keys(form.algorithm, form.size);
    var until = now.plus(Duration.ofDays(90));
    var template = new Template("CN=leaf", now, until, List.of(names), purpose);
    var leaf = sign(template, "CN=site-issuing", intermediateKeys, keys);
    return Map.of(
        "tls.crt", Pem.write(List.of(leaf, intermediate)),
        "tls.key", pem(keys, form),
        "ca.crt", trust());
  }

  public String trust() {
    return Pem.write(List.of(root));
  }

  private record Template(
      String subject, Instant from, Instant until, List<String> names, KeyPurposeId purpose) {

    static Template authority(String name, Instant from, Instant until) {
      return new Template(name, from, until, List.of(), KeyPurposeId.anyExtendedKeyUsage);
    }
  }

  private static X509Certificate sign(
      Template template, String issuer, KeyPair issuerKeys, KeyPair keys) {
    boolean authority = template.names().isEmpty();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            new BigInteger(127, RANDOM),
            Date.from(template.from()),
            Date.from(template.until()),
            new X500Name(template.subject()),
            keys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!authority) {
        var names =
            template.names().stream().map(name -> new GeneralName(GeneralName.dNSName, name));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
        builder.addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(template.purpose()));
      }
      var how =
          issuerKeys.getPrivate().getAlgorithm().equals("RSA")
              ? "SHA256withRSA"
              : "SHA256withECDSA";
      var signer = new JcaContentSignerBuilder(how).build(issuerKeys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(KeyPair keys, KeyForm form) {
    var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    try {
      return switch (form) {
        case RSA_PKCS8, EC_PKCS8 -> Pem.write(keys.getPrivate());
        case RSA_PKCS1 -> pem("RSA PRIVATE KEY", info.parsePrivateKey());
        case EC_SEC1 -> pem("EC PRIVATE KEY", sec1(keys, info));
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With curve and public key, as openssl and Go write it.
  private static ASN1Encodable sec1(KeyPair keys, PrivateKeyInfo info) {
    var secret = (java.security.interfaces.ECPrivateKey) keys.getPrivate();
    var point = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()).getPublicKeyData();
    var curve = info.getPrivateKeyAlgorithm().getParameters();
    return new ECPrivateKey(KeyForm.EC_SEC1.size, secret.getS(), point, curve);
  }

  private static String pem(String type, ASN1Encodable content) throws IOException {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content.toASN1Primitive().getEncoded()));
    }
    return text.toString();
  }

  private static KeyPair keys(String algorithm, int size) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(size, RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
