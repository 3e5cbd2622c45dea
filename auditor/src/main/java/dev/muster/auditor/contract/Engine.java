package dev.muster.auditor.contract;

import dev.muster.config.EngineProfile;

/// The engine that a workload runs, and in which container.
public record Engine(EngineProfile profile, String container) {}
