package dev.muster.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real API server and a real S3 server for `*IT`, one pair for each test JVM: started when first
/// asked for, ended with the JVM. No controller and no kubelet run.
public final class LightBed {

  private static final Pattern EXPORT = Pattern.compile("export ([A-Z0-9_]+)='([^']*)'");

  private final Map<String, String> exports;

  private LightBed(Map<String, String> exports) {
    this.exports = exports;
  }

  /// The bed of this JVM. Throws where it cannot start: a tier is never skipped.
  public static LightBed shared() {
    return Holder.BED;
  }

  /// One more, for a test that needs all of a cluster to itself.
  public static LightBed another() {
    return start();
  }

  public Path kubeconfig() {
    return Path.of(value("KUBECONFIG"));
  }

  /// A variable as `testbed apiserver up` exports it.
  public String value(String name) {
    String value = exports.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the test bed exports no " + name);
    }
    return value;
  }

  /// Runs kubectl as the administrator and returns what it printed; throws where it failed.
  public String kubectl(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(value("MUSTER_KUBECTL"));
    command.add("--kubeconfig=" + kubeconfig());
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) {
    try {
      Path output = Files.createTempFile("muster-bed-", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(15, TimeUnit.MINUTES);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command.getFirst(), e);
    }
  }

  private static LightBed start() {
    try {
      Path folder = Files.createTempDirectory("muster-bed-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> testbed("down", folder)));
      Map<String, String> exports = new HashMap<>();
      Matcher matcher = EXPORT.matcher(testbed("up", folder));
      while (matcher.find()) {
        exports.put(matcher.group(1), matcher.group(2));
      }
      return new LightBed(exports);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the test bed", e);
    }
  }

  private static String testbed(String verb, Path folder) {
    Path command = Path.of(System.getProperty("muster.root", ".."), "dev", "testbed", "testbed");
    return run(List.of(command.toString(), "apiserver", verb, folder.toString()));
  }

  private static final class Holder {
    static final LightBed BED = start();
  }
}
