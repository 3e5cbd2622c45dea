package dev.muster.cli;

import picocli.CommandLine.Option;

/// How the result of most commands is printed.
final class OutputOption {

  enum Format {
    TABLE,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table or json. Default: ${DEFAULT-VALUE}.")
  Format format = Format.TABLE;

  boolean json() {
    return format == Format.JSON;
  }
}
