package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Covers;
import dev.muster.testkit.Tools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The public test vectors of age, github.com/C2SP/CCTV, as far as the format uses age: X25519
/// recipients, no passphrase, no armor.
final class AgeVectorsIT {

  static List<Path> vectors() throws IOException {
    Path root = Path.of(System.getProperty("muster.root", "..")).toAbsolutePath();
    String folder = Tools.run(root, root + "/dev/tools/age-vectors").strip();
    try (Stream<Path> all = Files.list(Path.of(folder))) {
      return all.filter(file -> !name(file).matches("(armor|scrypt|hybrid).*")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  @Covers({"F77", "F80"})
  void aVectorEndsAsItSays(Path file) throws Exception {
    byte[] whole = Files.readAllBytes(file);
    int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\n\n");
    Map<String, String> says = header(new String(whole, 0, end, StandardCharsets.UTF_8));
    InputStream body = new ByteArrayInputStream(whole, end + 2, whole.length);
    byte[] age =
        ("zlib".equals(says.get("compressed")) ? new InflaterInputStream(body) : body)
            .readAllBytes();

    String identity = says.getOrDefault("identity", AgeKeys.generate().identity());
    String plain = plain(age, identity);

    switch (says.getOrDefault("expect", "")) {
      case "success" -> assertThat(plain).isEqualTo(says.get("payload"));
      case "payload failure" -> assertThat(plain).isEqualTo("refused behind the header");
      case String header -> assertThat(plain).as(header).isEqualTo("refused with the header");
    }
  }

  @Test
  void noneIsLeftOutUnseen() throws Exception {
    assertThat(vectors()).hasSizeGreaterThanOrEqualTo(67);
  }

  /// The digest of what is inside, or where it was refused.
  private static String plain(byte[] age, String identity) {
    if (!(FileKeys.ofIdentityFile(identity).unwrap(age)
        instanceof FileKeys.Unwrapped.Key(FileKey key))) {
      return "refused with the header";
    }
    try (InputStream in = AgePayload.open(new ByteArrayInputStream(age), key)) {
      return Digests.sha256(in.readAllBytes());
    } catch (IOException | GeneralSecurityException e) {
      return "refused behind the header";
    }
  }

  private static Map<String, String> header(String text) {
    return text.lines()
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(line -> line[0], line -> line[1], (a, _) -> a, TreeMap::new));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
