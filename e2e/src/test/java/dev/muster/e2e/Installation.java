package dev.muster.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Installs the chart once for all system tests, as the demo does, with the engine profiles of the
/// tests added; gives tests the [Node].
final class Installation implements ParameterResolver {

  private static final ExtensionContext.Namespace ROOM =
      ExtensionContext.Namespace.create(Installation.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Node.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ROOM)
        .getOrComputeIfAbsent("node", key -> installed(), Node.class);
  }

  private static Node installed() {
    // Each look starts a program: the default of 100 ms would keep the node busy with looking.
    Awaitility.setDefaultPollInterval(Duration.ofSeconds(1));
    Node node = Node.open();
    try {
      Path values = Files.createTempFile("muster-values", ".json");
      Files.writeString(values, new ObjectMapper().writeValueAsString(overlay()));
      node.shell()
          .run(
              Duration.ofMinutes(5),
              "",
              List.of("python3", "dev/demo/install.py", values.toString()))
          .orFail();
      Files.delete(values);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot write the chart's values", e);
    }
    return node;
  }

  private static Map<String, Object> overlay() throws IOException {
    return Map.of(
        "auditor", Map.of("replicas", 2),
        "profiles", profiles(),
        "config",
            Map.of(
                "profiles-dir",
                "/etc/muster/profiles",
                "runs",
                Map.of("deadline", "90s", "attempts", 1),
                "drills",
                Map.of("parallel", 3),
                "network-policies",
                "print",
                "waivers",
                Map.of("max-days", 90, "approved", List.of("optout-*/db"))));
  }

  private static Map<String, String> profiles() throws IOException {
    Map<String, String> all = new TreeMap<>();
    Path folder = Node.ROOT.resolve("e2e/src/test/resources/profiles");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        all.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    all.put("forgetful.yaml", forgetful());
    return all;
  }

  /// PostgreSQL as it is, but its restore makes an empty database and throws the data away.
  private static String forgetful() throws IOException {
    Path builtIn = Node.ROOT.resolve("policies/src/main/resources/profiles/postgresql.yaml");
    String real = Files.readString(builtIn);
    String text =
        real.replaceFirst("(?m)^name: postgresql$", "name: forgetful")
            .replaceFirst("exec pg_restore [^\\n]*--dbname \"\\$MUSTER_TARGET\" ", "exec cat ")
            .replaceFirst(
                "(exec cat [^<]*< \"\\$MUSTER_DIR/streams/\\$MUSTER_STREAM\")", "$1 > /dev/null");
    if (!text.contains("> /dev/null\n\nscripts:")) {
      throw new AssertionError(
          "the restore of the PostgreSQL profile has changed: change this, too");
    }
    return text;
  }
}
