package dev.muster.policies.rego;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The program `opa`, from 1.0 on.
public final class Opa {
  private static final Pattern VERSION = Pattern.compile("(?m)^Version: *(\\d+)\\.(\\S+)");

  private final String program;

  private Opa(String program) {
    this.program = program;
  }

  /// @param program a path, or a name to look for in `PATH`
  /// @throws RegoException where there is none, or one before 1.0
  public static Opa of(String program) {
    Opa opa = new Opa(program);
    Said said;
    try {
      said = opa.run(List.of("version"));
    } catch (UncheckedIOException e) {
      throw new RegoException(
          "%s is not a program here: put opa (1.0 or later) into PATH or name it with --opa"
              .formatted(program),
          e);
    }
    Matcher version = VERSION.matcher(said.text());
    if (!version.find() || Integer.parseInt(version.group(1)) < 1) {
      throw new RegoException(
          "%s version does not say 1.0 or later: %s".formatted(program, said.text().strip()));
    }
    return opa;
  }

  /// What one call printed, both streams, and how it ended.
  record Said(int exit, String text) {
    boolean well() {
      return exit == 0;
    }
  }

  Said run(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.addAll(arguments);
    return run(command.toArray(String[]::new));
  }

  static Said run(String... command) {
    try {
      Path output = Files.createTempFile("muster-opa-", ".log");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        return new Said(process.waitFor(), Files.readString(output));
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegoException("interrupted while " + command[0] + " ran", e);
    }
  }
}
