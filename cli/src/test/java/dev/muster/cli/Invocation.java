package dev.muster.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/// One command of the line, run in this process without an environment.
final class Invocation {
  private Invocation() {}

  /// @return its exit code
  static int run(StringWriter out, StringWriter err, String command, String... arguments) {
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(
        Stream.concat(Stream.of(command), Stream.of(arguments)).toArray(String[]::new));
  }
}
