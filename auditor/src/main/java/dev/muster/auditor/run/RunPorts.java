package dev.muster.auditor.run;

import dev.muster.auditor.contract.Contracts;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Events;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// Everything outside that runs touch.
public record RunPorts(
    Cluster cluster,
    BackupStore store,
    Keys keys,
    RunJournal journal,
    Contracts contracts,
    Sealing sealing,
    Events events,
    InstantSource clock,
    RandomGenerator random) {}
