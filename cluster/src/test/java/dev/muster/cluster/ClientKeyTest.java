package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ClientKeyTest {

  @Test
  void keysInPkcs8AreReadWhateverTheirAlgorithm() throws GeneralSecurityException {
    for (String algorithm : new String[] {"EC", "RSA", "Ed25519"}) {
      PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

      PrivateKey read = ClientKey.read(pem("PRIVATE KEY", key.getEncoded()));

      assertThat(read.getEncoded()).as(algorithm).isEqualTo(key.getEncoded());
    }
  }

  @Test
  void oldRsaFormIsRead() throws GeneralSecurityException {
    PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
    byte[] pkcs8 = key.getEncoded();
    int start = HexFormat.of().formatHex(pkcs8).indexOf("0500048") / 2 + 6;
    byte[] pkcs1 = Arrays.copyOfRange(pkcs8, start, pkcs8.length);

    PrivateKey read = ClientKey.read(pem("RSA PRIVATE KEY", pkcs1));

    assertThat(read).isEqualTo(key);
  }

  @Test
  void oldEcFormIsRead() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    ECPrivateKey key = (ECPrivateKey) generator.generateKeyPair().getPrivate();
    String secret = String.format("%064x", key.getS());
    byte[] sec1 =
        HexFormat.of().parseHex("3031" + "020101" + "0420" + secret + "a00a06082a8648ce3d030107");

    PrivateKey read = ClientKey.read(pem("EC PRIVATE KEY", sec1));

    BigInteger found = ((ECPrivateKey) read).getS();
    assertThat(found).isEqualTo(key.getS());
  }

  @Test
  void textWithoutAKeyIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> ClientKey.read("-----BEGIN CERTIFICATE-----\nsecret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  private static String pem(String type, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
