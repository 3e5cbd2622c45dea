package dev.muster.auditor;

import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfiles;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.WasmPolicyEngine;
import java.time.Duration;
import java.util.Optional;

/// Muster's own policy and profiles, loaded once for all tests.
public final class Policies {

  public static final WasmPolicyEngine ENGINE = WasmPolicyEngine.builtIn(2, Duration.ofSeconds(10));
  public static final EngineProfiles PROFILES = EngineProfilesReader.read(Optional.empty());
  public static final Configuration CONFIGURATION = ConfigurationReader.read("muster.yaml", "{}");

  private Policies() {}
}
