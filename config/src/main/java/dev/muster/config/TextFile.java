package dev.muster.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads files that somebody else wrote, within a bound: a server that follows its configuration
/// must not end by what is put there.
public final class TextFile {
  /// Of configurations and profiles.
  public static final int MEBIBYTE = 1 << 20;

  private TextFile() {}

  /// @throws IOException for a file that is longer, is not UTF-8, or cannot be read; the message
  ///   names what is wrong, not the file
  public static String read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, most);
    }
  }

  /// The same of what is piped in.
  public static String read(InputStream in, int most) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(in, most)))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("is not UTF-8", e);
    }
  }

  /// @throws IOException as above
  public static byte[] bytes(InputStream in, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new IOException("is longer than " + (most >> 20) + " MiB");
    }
    return bytes;
  }
}
