package dev.muster.auditor;

import dev.muster.cluster.Cluster;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.SigningKey;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What the auditor is made of.
///
/// @param identity names this replica in the Lease
/// @param store the primary store; empty where none is configured
/// @param signing needed for backups
/// @param nanos the clock of this process, for the Lease and for how long work takes
/// @param httpsPort 0 for any free one, likewise `healthPort`
public record AuditorParts(
    String identity,
    Configuration configuration,
    EngineProfiles profiles,
    PolicyInForce policy,
    Cluster cluster,
    Optional<BackupStore> store,
    Optional<SigningKey> signing,
    InstantSource clock,
    LongSupplier nanos,
    RandomGenerator random,
    int httpsPort,
    int healthPort) {}
