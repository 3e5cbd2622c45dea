package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testkit.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Rules of the user's own, from the Rego to a verdict about a manifest.
class PolicyCommandIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... args) {
    CommandLine line = MusterCommand.commandLine(Map.of());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void ruleThatWasBuiltRefusesAManifest() throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("tier.rego"),
        """
        package custom.tier

        deny contains {"rule": "tier", "message": "say the tier"} if not input.labels.app
        """);
    String config =
        Files.writeString(
                folder.resolve("muster.yaml"), "plans: {standard: {schedule: \"H 2 * * *\"}}")
            .toString();
    String manifests =
        Files.writeString(folder.resolve("db.yaml"), SimulateCommandTest.DATABASE).toString();
    String policy = folder.resolve("policy").toString();

    int built =
        run("policy", "build", rules.toString(), "--out", policy, "--opa", Tools.path("opa"));

    assertThat(built).as(err.toString()).isEqualTo(Exit.OK);
    assertThat(out.toString()).contains(policy + " holds policy ");
    assertThat(run("simulate", "--config", config, manifests)).isEqualTo(Exit.OK);
    assertThat(run("simulate", "--config", config, "--policy", policy, manifests))
        .isEqualTo(Exit.FAILED);
    assertThat(out.toString()).contains("say the tier");
  }

  @Test
  void whatIsWrongIsBadInputAndNothingIsWritten() throws Exception {
    Files.writeString(
        folder.resolve("wrong.rego"), "package custom.wrong\n\nwarn contains 1 if input.x ==");
    Path policy = folder.resolve("policy");

    int code =
        run(
            "policy",
            "build",
            folder.toString(),
            "--out",
            policy.toString(),
            "--opa",
            Tools.path("opa"));

    assertThat(code).isEqualTo(Exit.BAD_INPUT);
    assertThat(err.toString()).contains("wrong.rego:3");
    assertThat(policy).doesNotExist();
  }
}
