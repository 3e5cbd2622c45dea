package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Crunchy's PGO: `postgres-operator.crunchydata.com/v1beta1` PostgresCluster; names from its
/// package `pkg/apis/postgres-operator.crunchydata.com/v1beta1`, 5.0 and 5.7.
///
/// Its status tells of Jobs alone: that pgBackRest ended well once, not that what it made is still
/// in the repository. No object tells a backup, so there is no recovery point here: an intent, and
/// failures.
final class CrunchyReader implements ToolReader {
  private static final GroupVersionResource CLUSTERS =
      new GroupVersionResource("postgres-operator.crunchydata.com", "v1beta1", "postgresclusters");
  private static final String LABELS = "postgres-operator.crunchydata.com/";

  @Override
  public String name() {
    return "Crunchy PGO";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(CLUSTERS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode cluster : objects.of(CLUSTERS)) {
      List<ObjectName> claims =
          data(
              objects.claims(),
              Said.text(cluster, "/metadata/namespace"),
              Said.text(cluster, "/metadata/name"));
      if (scheduled(cluster)) {
        into.intent(claims, new Intent(name(), Said.name("PostgresCluster", cluster)));
      }
      JsonNode status = cluster.at("/status/pgbackrest");
      Stream.concat(
              status.path("scheduledBackups").valueStream(), Stream.of(status.path("manualBackup")))
          .flatMap(job -> failure(cluster, job).stream())
          .forEach(failure -> into.failure(claims, failure));
    }
  }

  /// The claims of a cluster's data, tablespaces and WAL, as the operator labels them; Percona's
  /// fork of it does too.
  static List<ObjectName> data(Claims claims, String namespace, String cluster) {
    return Stream.of("pgdata", "pgwal", "tablespace")
        .flatMap(role ->
            claims
                .labelled(namespace, Map.of(LABELS + "cluster", cluster, LABELS + "role", role))
                .stream())
        .toList();
  }

  private static boolean scheduled(JsonNode cluster) {
    return cluster
        .at("/spec/backups/pgbackrest/repos")
        .valueStream()
        .flatMap(repo -> repo.path("schedules").valueStream())
        .anyMatch(schedule -> !schedule.asText("").isEmpty());
  }

  /// A Job that failed and was not done later by one of its own retries.
  private Optional<ForeignFailure> failure(JsonNode cluster, JsonNode job) {
    if (job.path("failed").asInt(0) == 0
        || job.hasNonNull("completionTime")
        || job.path("active").asInt(0) > 0) {
      return Optional.empty();
    }
    return Said.time(job, "/startTime")
        .map(at ->
            new ForeignFailure(
                name(), Said.name("PostgresCluster", cluster), at, "pgBackRest's Job has failed"));
  }
}
