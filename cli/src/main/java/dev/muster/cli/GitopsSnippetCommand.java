package dev.muster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What a GitOps tool must be told so that it takes nothing that Muster writes for drift.
@Command(
    name = "snippet",
    description =
        "Print what keeps the tool from taking Muster's annotations and caBundle for drift.",
    mixinStandardHelpOptions = true)
final class GitopsSnippetCommand implements Callable<Integer> {

  enum Tool {
    ARGOCD,
    FLUX
  }

  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Parameters(paramLabel = "TOOL", description = "One of: argocd, flux.")
  private Tool tool = Tool.ARGOCD;

  @Override
  public Integer call() throws IOException {
    String name = "/gitops/" + tool.name().toLowerCase(Locale.ROOT) + ".yaml";
    try (InputStream in = GitopsSnippetCommand.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not packed");
      }
      spec.commandLine().getOut().print(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      spec.commandLine().getOut().flush();
    }
    return Exit.OK;
  }
}
