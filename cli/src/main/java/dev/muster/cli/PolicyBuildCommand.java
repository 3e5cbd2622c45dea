package dev.muster.cli;

import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.PolicyBundle;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.policies.rego.RegoBuild;
import dev.muster.webhook.PolicyTrial;
import dev.muster.webhook.WebhookRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compiles rules of the user's own together with Muster's, and tries the result before it says so.
@Command(
    name = "build",
    description = "Compile rules together with Muster's, for a ConfigMap and `--policy`.",
    mixinStandardHelpOptions = true)
final class PolicyBuildCommand implements Callable<Integer> {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Mixin private RegoOptions rego = new RegoOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"--out"},
      paramLabel = "FOLDER",
      defaultValue = "policy",
      description =
          "Where policy.wasm, data.json and digest are written. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("policy");

  @Override
  public Integer call() {
    try (RegoBuild build = rego.open()) {
      PolicyBundle bundle = build.compile();
      try (PolicyEngine engine = WasmPolicyEngine.load(bundle, 1, LIMIT)) {
        new PolicyTrial(PolicyBuildCommand::plain, InstantSource.system()).of(engine);
      }
      bundle.write(out);
      var print = spec.commandLine().getOut();
      print.printf("%s holds policy %s%n", out, bundle.digest());
      print.printf("try it: muster simulate --policy %s MANIFESTS%n", out);
      print.printf(
          "use it: kubectl create configmap muster-policy -n muster --from-file=%s%n", out);
      print.println("        and --set policy.configMap=muster-policy for the chart");
      print.flush();
      return Exit.OK;
    }
  }

  private static WebhookRules plain() {
    return new WebhookRules(
        ConfigurationReader.read("no configuration", "{}"),
        EngineProfilesReader.read(Optional.empty()));
  }
}
