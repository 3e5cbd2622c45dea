package dev.muster.auditor.run;

import dev.muster.config.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What every run of this cluster shares.
///
/// @param clusterUid names this cluster in run ids and keys
/// @param apiCa the trust bundle that movers check the auditor against, in force now
public record RunSettings(
    String clusterUid,
    String namespace,
    String image,
    List<String> recipients,
    Duration deadline,
    int parallel,
    int attempts,
    Duration backoff,
    Configuration.NetworkPolicies networkPolicies,
    int storePort,
    String api,
    Supplier<String> apiCa,
    Optional<String> storeCa) {

  public RunSettings {
    recipients = List.copyOf(recipients);
  }
}
