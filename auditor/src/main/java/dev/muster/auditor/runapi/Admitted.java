package dev.muster.auditor.runapi;

import dev.muster.auditor.run.Entry;
import io.fabric8.kubernetes.api.model.batch.v1.Job;

/// Who asks, after every check: the Pod of this Job, for this attempt of this run.
record Admitted(String workloadKey, Entry.Planned run, Entry.Attempt attempt, Job job) {}
