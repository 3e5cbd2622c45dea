package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.List;

/// CronJobs of Kubernetes' `batch/v1` that people wrote to back something up, told by the tool that
/// they run.
///
/// Only an intent, for the claims that they read and those of the servers that they name: a Job
/// that ends well may have copied nothing. What an owner looks after is that owner's.
final class CronJobReader implements ToolReader {
  private static final GroupVersionResource CRON_JOBS =
      new GroupVersionResource("batch", "v1", "cronjobs");

  private final List<String> commands;

  /// @param commands more names of commands that back up
  CronJobReader(List<String> commands) {
    this.commands = List.copyOf(commands);
  }

  @Override
  public String name() {
    return "CronJob";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(CRON_JOBS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    for (JsonNode job : objects.of(CRON_JOBS)) {
      boolean owned =
          job.at("/metadata/ownerReferences")
              .valueStream()
              .anyMatch(owner -> owner.path("controller").asBoolean(false));
      HomeMade made = new HomeMade(job.at("/spec/jobTemplate/spec/template/spec"));
      if (!owned && !job.at("/spec/suspend").asBoolean(false) && made.backsUp(commands)) {
        meant(job, made, objects.claims(), into);
      }
    }
  }

  private void meant(JsonNode job, HomeMade made, Claims claims, Findings into) {
    Intent intent = new Intent(name(), Said.name("CronJob", job));
    String own = Said.text(job, "/metadata/namespace");
    for (String claim : made.read()) {
      Said.claim(own, claim).ifPresent(name -> into.intent(name, intent));
    }
    for (ServerName server : made.servers()) {
      String namespace = server.namespace().isEmpty() ? own : server.namespace();
      into.intent(claims.ofWorkload(namespace, server.workload()), intent);
    }
  }
}
