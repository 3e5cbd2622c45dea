package dev.muster.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where points are read from where neither a cluster nor its `muster.yaml` is at hand.
final class StoreOptions {

  @Option(
      names = "--store",
      paramLabel = "PLACE",
      description = {
        "A directory that mirrors the bucket, or s3://BUCKET with the variables of AWS's tools",
        "(AWS_ENDPOINT_URL, AWS_CA_BUNDLE, ...). No cluster is asked then."
      })
  @Nullable String place;

  @Option(
      names = "--public-key",
      paramLabel = "KEY",
      description = "Whose manifests are believed, as the escrow sheet prints it; repeatable.")
  List<String> publicKeys = List.of();

  @Option(
      names = "--cluster-id",
      paramLabel = "ID",
      description = "Whose points are meant where the store holds those of several clusters.")
  @Nullable String clusterId;
}
