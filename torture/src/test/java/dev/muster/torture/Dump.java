package dev.muster.torture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// What the dump tool of the made-up engine prints: a first line, rows, a last line.
record Dump(byte[] whole) {

  static final String MAGIC = "TORTURE-1\n";
  static final String TRAILER = "-- torture dump complete";

  private static final int ROWS = 400;

  /// Some of it compresses well, some not at all.
  static Dump random(RandomGenerator random, String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes((MAGIC + name + "\n").getBytes(StandardCharsets.UTF_8));
    int rows = random.nextInt(ROWS);
    for (int row = 0; row < rows; row++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      out.writeBytes(("row " + row + " ").repeat(8).getBytes(StandardCharsets.UTF_8));
      out.writeBytes(noise);
    }
    out.writeBytes(("\n" + TRAILER + "\n").getBytes(StandardCharsets.UTF_8));
    return new Dump(out.toByteArray());
  }

  /// The part that somebody sees whose tool died; never the end mark.
  byte[] cut(RandomGenerator random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length - TRAILER.length()));
  }

  String sha256() {
    return sha256(whole);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
