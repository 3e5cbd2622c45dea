package dev.muster.auditor.inventory;

import dev.muster.auditor.inventory.MetadataReader.Keep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads a StatefulSet, Deployment, DaemonSet or CronJob.
final class WorkloadReader {
  private final Tokens tokens;
  private final Pool pool;
  private Metadata metadata = ObjectReader.NOBODY;
  private int replicas = 1;
  private int firstOrdinal;
  private Map<String, String> annotations = Map.of();
  private final PodShapeReader pods;
  private final List<ClaimFacts> claimTemplates = new ArrayList<>();

  private WorkloadReader(Tokens tokens, Pool pool) {
    this.tokens = tokens;
    this.pool = pool;
    this.pods = new PodShapeReader(tokens, pool, true);
  }

  static WorkloadFacts read(Kind kind, Tokens tokens, Pool pool) throws IOException {
    WorkloadReader reader = new WorkloadReader(tokens, pool);
    tokens.object(reader::field);
    return new WorkloadFacts(
        kind.word(),
        reader.metadata,
        reader.replicas,
        reader.firstOrdinal,
        reader.pods.shape(reader.annotations),
        reader.claimTemplates);
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> metadata = MetadataReader.read(tokens, pool, Keep.ALL);
      case "spec" -> tokens.object(this::spec);
      default -> tokens.skip();
    }
  }

  private void spec(String field) throws IOException {
    switch (field) {
      case "replicas" -> replicas = tokens.number(1);
      case "ordinals" -> tokens.object(this::ordinals);
      case "template" -> tokens.object(this::template);
      case "jobTemplate" -> tokens.object(this::job);
      case "volumeClaimTemplates" ->
          tokens.array(() -> claimTemplates.add(ClaimReader.read(tokens, pool)));
      default -> tokens.skip();
    }
  }

  private void ordinals(String field) throws IOException {
    if (field.equals("start")) {
      firstOrdinal = tokens.number(0);
    } else {
      tokens.skip();
    }
  }

  private void job(String field) throws IOException {
    if (field.equals("spec")) {
      tokens.object(this::spec);
    } else {
      tokens.skip();
    }
  }

  private void template(String field) throws IOException {
    switch (field) {
      case "metadata" -> annotations = MetadataReader.read(tokens, pool, Keep.ALL).annotations();
      case "spec" -> tokens.object(pods::field);
      default -> tokens.skip();
    }
  }
}
