package dev.muster.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every command of people takes.
final class GlobalOptions {

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Default: as kubectl finds it.")
  @Nullable Path kubeconfig;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "muster.yaml; default: $MUSTER_CONFIG, else the ConfigMap muster-config.")
  @Nullable Path config;

  @Option(
      names = "--muster-namespace",
      paramLabel = "NAMESPACE",
      defaultValue = "muster",
      description = "Where Muster is installed. Default: ${DEFAULT-VALUE}.")
  String musterNamespace = "muster";
}
