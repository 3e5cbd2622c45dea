package dev.muster.cli;

import dev.muster.policies.rego.Opa;
import dev.muster.policies.rego.RegoBuild;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A folder of Rego, and the program that compiles it.
final class RegoOptions {

  @Parameters(
      paramLabel = "FOLDER",
      description = "Rego in packages custom.NAME, each with rules `set`, `warn` or `deny`.")
  private Path folder = Path.of("");

  @Option(
      names = "--opa",
      paramLabel = "PROGRAM",
      defaultValue = "opa",
      description = "Open Policy Agent, 1.0 or later. Default: ${DEFAULT-VALUE}.")
  private String opa = "opa";

  RegoBuild open() {
    return RegoBuild.of(Opa.of(opa), folder);
  }
}
