package dev.muster.certs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/// Certificates and private keys as PEM text: written as X.509 and PKCS#8, read also as PKCS#1 and
/// SEC1, since that is what cert-manager and openssl write.
public final class Pem {
  private static final String CERTIFICATE = "CERTIFICATE";

  private Pem() {}

  /// Reads every certificate of `pem` in order.
  ///
  /// @throws CertificateTrouble when there is none, or one is not readable
  public static List<X509Certificate> readCertificates(String pem) {
    var certificates = new ArrayList<X509Certificate>();
    try (var parser = new PEMParser(new StringReader(pem))) {
      for (var each = parser.readPemObject(); each != null; each = parser.readPemObject()) {
        if (each.getType().equals(CERTIFICATE)) {
          certificates.add(decode(each.getContent()));
        }
      }
    } catch (IOException | CertificateException e) {
      throw new CertificateTrouble("certificate is not readable PEM: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new CertificateTrouble("no BEGIN CERTIFICATE block found");
    }
    return List.copyOf(certificates);
  }

  /// Reads the first private key of `pem`. The message of a failure never holds key material.
  ///
  /// @throws CertificateTrouble when there is none, it is encrypted, or not readable
  public static PrivateKey readPrivateKey(String pem) {
    try (var parser = new PEMParser(new StringReader(pem))) {
      for (var each = parser.readObject(); each != null; each = parser.readObject()) {
        if (each instanceof PrivateKeyInfo info) {
          return new JcaPEMKeyConverter().getPrivateKey(info);
        }
        if (each instanceof PEMKeyPair pair) {
          return new JcaPEMKeyConverter().getPrivateKey(pair.getPrivateKeyInfo());
        }
      }
    } catch (PEMException e) {
      throw new CertificateTrouble("private key is not readable PEM", e);
    } catch (IOException e) {
      throw new CertificateTrouble("private key is not readable", e);
    }
    throw new CertificateTrouble("no unencrypted private key block found");
  }

  public static String write(List<X509Certificate> certificates) {
    var text = new StringBuilder();
    for (var each : certificates) {
      try {
        text.append(block(CERTIFICATE, each.getEncoded()));
      } catch (CertificateEncodingException e) {
        throw new CertificateTrouble("certificate cannot be encoded", e);
      }
    }
    return text.toString();
  }

  public static String write(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static X509Certificate decode(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static String block(String type, byte[] content) {
    var text = new StringWriter();
    try (var writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new CertificateTrouble("PEM cannot be written", e);
    }
    return text.toString();
  }
}
