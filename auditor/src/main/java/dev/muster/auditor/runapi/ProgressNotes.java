package dev.muster.auditor.runapi;

import dev.muster.auditor.run.RunPod;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.MetadataPatch;
import dev.muster.cluster.ObjectName;
import dev.muster.repository.Json;
import dev.muster.repository.wire.Progress;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies progress to the Job, for people who follow it; at most once in a few seconds for each.
final class ProgressNotes {

  private static final Logger log = LoggerFactory.getLogger(ProgressNotes.class);
  private static final Duration PAUSE = Duration.ofSeconds(3);
  private static final int REMEMBERED = 1000;

  private final Cluster cluster;
  private final InstantSource clock;
  private final Map<String, Notes> byJob = new ConcurrentHashMap<>();

  ProgressNotes(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  void note(Job job, Progress progress) {
    if (byJob.size() > REMEMBERED) {
      byJob.clear();
    }
    Notes notes = byJob.computeIfAbsent(job.getMetadata().getUid(), uid -> new Notes());
    notes.add(progress).ifPresent(text -> write(job, text));
  }

  private void write(Job job, String text) {
    try {
      var unused =
          cluster.patchMetadata(
              Job.class,
              ObjectName.of(job),
              MetadataPatch.annotations(Map.of(RunPod.PROGRESS, text))
                  .onlyUid(job.getMetadata().getUid()));
    } catch (ClusterException e) {
      log.debug("no progress on Job {}: {}", ObjectName.of(job), e.getMessage());
    }
  }

  private final class Notes {
    private final Map<String, Progress> streams = new TreeMap<>();
    private Instant next = Instant.MIN;

    synchronized java.util.Optional<String> add(Progress progress) {
      streams.put(progress.stream(), progress);
      Instant now = clock.instant();
      if (now.isBefore(next)) {
        return java.util.Optional.empty();
      }
      next = now.plus(PAUSE);
      return java.util.Optional.of(
          new String(Json.encode(streams.values()), StandardCharsets.UTF_8));
    }
  }
}
