package dev.muster.policies;

import dev.muster.config.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What `opa build` makes of a Rego tree: the rules as wasm, and the data that they look things up
/// in as JSON. The arrays are not copied: do not change them.
@SuppressWarnings("ArrayRecordComponent")
public record PolicyBundle(byte[] wasm, byte[] data) {
  private static final int MOST = 64 * TextFile.MEBIBYTE;

  private static final String BUILT_IN = "/policies/muster";

  /// Muster's own policy.
  public static PolicyBundle builtIn() {
    return new PolicyBundle(resource(BUILT_IN + ".wasm"), resource(BUILT_IN + ".json"));
  }

  /// Reads `policy.wasm`, `data.json` and `digest` as `muster policy build` writes them. The digest
  /// says that both files are whole and belong together.
  ///
  /// @throws PolicyException when one is missing, not readable, or of another build
  public static PolicyBundle read(Path folder) {
    PolicyBundle found =
        new PolicyBundle(bytes(folder.resolve("policy.wasm")), bytes(folder.resolve("data.json")));
    String digest = new String(bytes(folder.resolve("digest")), StandardCharsets.US_ASCII).strip();
    if (!digest.equals(found.digest())) {
      throw new PolicyException(
          "policy.wasm and data.json in %s are not those that digest names: build them anew with muster policy build"
              .formatted(folder));
    }
    return found;
  }

  /// Writes what [#read(Path)] reads; the folder is made where it is missing.
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("policy.wasm"), wasm);
      Files.write(folder.resolve("data.json"), data);
      Files.writeString(folder.resolve("digest"), digest() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the policy to " + folder, e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      try (InputStream in = Files.newInputStream(file)) {
        return TextFile.bytes(in, MOST);
      }
    } catch (IOException e) {
      throw new PolicyException(
          "cannot read %s of a built policy: %s".formatted(file, e.getMessage()), e);
    }
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
