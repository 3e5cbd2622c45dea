package dev.muster.policies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What `opa build` makes of a Rego tree: the rules as wasm, and the data that they look things up
/// in as JSON. The arrays are not copied: do not change them.
@SuppressWarnings("ArrayRecordComponent")
public record PolicyBundle(byte[] wasm, byte[] data) {
  private static final String BUILT_IN = "/policies/muster";

  /// Muster's own policy.
  public static PolicyBundle builtIn() {
    return new PolicyBundle(resource(BUILT_IN + ".wasm"), resource(BUILT_IN + ".json"));
  }

  /// SHA-256 of both, in hex.
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(wasm);
      return HexFormat.of().formatHex(digest.digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = PolicyBundle.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new PolicyException(name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
