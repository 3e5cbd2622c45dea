package dev.muster.cli;

import dev.muster.policies.rego.RegoBuild;
import dev.muster.policies.rego.TestReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the tests that lie beside rules of the user's own.
@Command(
    name = "test",
    description =
        "Run the tests of rules, `test_*` in *_test.rego. 1 if one fails or there is none.",
    mixinStandardHelpOptions = true)
final class PolicyTestCommand implements Callable<Integer> {

  @Mixin private RegoOptions rego = new RegoOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (RegoBuild build = rego.open()) {
      TestReport report = build.test();
      spec.commandLine().getOut().println(report.text());
      spec.commandLine().getOut().flush();
      return report.passed() ? Exit.OK : Exit.FAILED;
    }
  }
}
