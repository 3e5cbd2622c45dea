package dev.muster.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.testkit.Covers;
import dev.muster.testkit.Tools;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Restoring needs no Muster: the standard tools read what it writes, and it reads what they write.
final class InteroperabilityIT {

  private static String age;
  private static String keygen;
  @TempDir Path folder;

  @BeforeAll
  static void tools() {
    age = Tools.path("age");
    keygen = Tools.path("age-keygen");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 3_000_000})
  @Covers("F82")
  void ageAndZstdReadWhatWeWrite(int size) throws Exception {
    byte[] plain = noise(size);
    HeldStream held = HeldStream.write(plain, 500_000, 1_200_000, recipient("key"));
    List<String> names = new java.util.ArrayList<>();
    for (byte[] segment : held.segments()) {
      names.add("s%04d".formatted(names.size()));
      Files.write(folder.resolve(names.getLast()), segment);
    }

    Tools.run(
        folder, "bash", "-c", "set -o pipefail; cat s0* | \"$0\" -d -i key | zstd -d > plain", age);

    assertThat(Files.readAllBytes(folder.resolve("plain"))).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 3_000_000})
  void weReadWhatAgeAndZstdWrite(int size) throws Exception {
    byte[] plain = noise(size);
    String recipient = recipient("key");
    Files.write(folder.resolve("plain"), plain);
    Tools.run(
        folder,
        "bash",
        "-c",
        "set -o pipefail; zstd -3 < plain | \"$0\" -r \"$1\" > file.age",
        age,
        recipient);

    byte[] file = Files.readAllBytes(folder.resolve("file.age"));
    var unwrapped = FileKeys.ofIdentityFile(Files.readString(folder.resolve("key"))).unwrap(file);
    byte[] read;
    try (StreamReader reader =
        StreamReader.open(
            List.of(new SegmentFacts("file.age", file.length, Digests.sha256(file))),
            index -> new ByteArrayInputStream(file),
            ((FileKeys.Unwrapped.Key) unwrapped).key(),
            plain.length,
            Digests.sha256(plain))) {
      read = reader.readAllBytes();
    }

    assertThat(read).isEqualTo(plain);
  }

  @Test
  @Covers("F77")
  void theStandardToolsRefuseATruncatedFileToo() throws Exception {
    HeldStream held = HeldStream.write(noise(300_000), 100_000, 1_000_000, recipient("key"));
    byte[] file = held.ageFile();
    Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(file, 216 + 65_552 * 2));

    assertThatThrownBy(() ->
            Tools.run(
                folder,
                "bash",
                "-c",
                "set -o pipefail; \"$0\" -d -i key cut | zstd -d > plain",
                age))
        .isInstanceOf(IllegalStateException.class);
  }

  private String recipient(String file) {
    Tools.run(folder, keygen, "-o", file);
    return Tools.run(folder, keygen, "-y", file).strip();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
