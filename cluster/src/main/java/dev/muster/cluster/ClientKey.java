package dev.muster.cluster;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A client's private key from PEM: PKCS#8, and the older RSA and EC forms put into PKCS#8. The
/// client library reads an EC key in one of these forms only, and that with another library's help.
final class ClientKey {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]*)-----END", Pattern.DOTALL);
  private static final byte[] VERSION = {0x02, 0x01, 0x00};
  private static final byte[] RSA = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };

  private ClientKey() {}

  static PrivateKey read(String pem) {
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.find()) {
      throw new IllegalArgumentException("the kubeconfig's client key is no unencrypted PEM key");
    }
    byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
    byte[] pkcs8 =
        switch (matcher.group(1)) {
          case "RSA PRIVATE KEY" -> sequence(VERSION, RSA, element(0x04, der));
          case "EC PRIVATE KEY" -> sequence(VERSION, sequence(EC, curve(der)), element(0x04, der));
          default -> der;
        };
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // Another algorithm's key.
      }
    }
    throw new IllegalArgumentException("the kubeconfig's client key is no RSA, EC or Ed25519 key");
  }

  /// The curve's object identifier, in the first context element of the old EC form.
  private static byte[] curve(byte[] sec1) {
    for (int i = 0; i + 4 < sec1.length; i++) {
      boolean tagged = (sec1[i] & 0xff) == 0xa0 && sec1[i + 2] == 0x06;
      if (tagged && sec1[i + 1] == sec1[i + 3] + 2 && i + 4 + sec1[i + 3] <= sec1.length) {
        return Arrays.copyOfRange(sec1, i + 2, i + 4 + sec1[i + 3]);
      }
    }
    throw new IllegalArgumentException("the kubeconfig's EC client key names no curve");
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return element(0x30, all.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    if (content.length < 0x80) {
      all.write(content.length);
    } else {
      int bytes = content.length > 0xffff ? 3 : content.length > 0xff ? 2 : 1;
      all.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        all.write(content.length >> (8 * i));
      }
    }
    all.writeBytes(content);
    return all.toByteArray();
  }
}
