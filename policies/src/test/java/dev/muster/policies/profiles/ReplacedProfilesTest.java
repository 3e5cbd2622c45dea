package dev.muster.policies.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedProfilesTest {
  private static final String HOOK =
      "name: postgresql\ntested-with: [\"1\"]\nhook: { name: ours, claim: flushed, pre: x }\n";

  private static final String DUMP =
      """
      name: mariadb
      port: 1234
      tested-with: ["1"]
      streams: [{ name: globals, scope: server, dump: d, restore: r, trailer: end }]
      scripts: { ready: a, check: b, probe: c }
      drill: { environment: { PASSWORD: random }, arguments: [--x], data-dir: /data, database: main }
      """;

  @TempDir private Path folder;

  @Test
  void whatAFileLeavesOutStaysAsBuiltIn() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), HOOK);
    Files.writeString(folder.resolve("b.yaml"), DUMP);

    EngineProfiles builtIn = EngineProfilesReader.read(Optional.empty());
    EngineProfiles replaced = EngineProfilesReader.read(Optional.of(folder));

    assertThat(replaced.find("postgresql")).isEqualTo(builtIn.find("postgresql"));
    assertThat(replaced.find("mariadb").orElseThrow().port()).isEqualTo(1234);
    assertThat(replaced.hooks().names())
        .contains("ours", "backup-stage")
        .doesNotContain("checkpoint");
  }
}
