package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.ObjectStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The same bucket by `--store` and by the name in `muster.yaml`.
final class StoreProbeCommandIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void aBucketIsProbedByPlaceAndByName() throws Exception {
    try (ObjectStore server = ObjectStore.start(Files.createDirectory(folder.resolve("server")))) {
      Path config = Files.writeString(folder.resolve("muster.yaml"), config(server));

      int byPlace = run(environment(server, ObjectStore.SECRET_KEY), "--store", "s3://muster");
      int byName =
          run(environment(server, ObjectStore.SECRET_KEY), "main", "--config", config.toString());
      int denied = run(environment(server, "wrong"), "--store", "s3://muster");

      assertThat(byPlace).isEqualTo(Exit.FAILED);
      assertThat(byName).isEqualTo(Exit.FAILED);
      assertThat(out.toString()).contains("s3://muster: degraded").contains("main: degraded");
      assertThat(denied).isEqualTo(Exit.BAD_INPUT);
      assertThat(err.toString()).contains("403");
      assertThat(server.file("muster-repository.json")).doesNotExist();
    }
  }

  @Test
  void aStoreThatIsNotThereCannotBeAsked() {
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret");

    assertThat(run(environment, "--store", "s3://muster")).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("127.0.0.1:1");
  }

  private Map<String, String> environment(ObjectStore server, String secret) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
    environment.put("AWS_CA_BUNDLE", folder.resolve("server/c.pem").toString());
    environment.put("AWS_ACCESS_KEY_ID", ObjectStore.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", secret);
    return environment;
  }

  private static String config(ObjectStore server) {
    return """
    cluster: { name: c }
    backups: false
    stores: { main: { endpoint: "%s", bucket: muster } }
    """
        .formatted(server.endpoint());
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine line = MusterCommand.commandLine(environment);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 2];
    all[0] = "store";
    all[1] = "probe";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return line.execute(all);
  }
}
