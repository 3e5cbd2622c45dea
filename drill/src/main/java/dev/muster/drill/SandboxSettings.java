package dev.muster.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What every sandbox of this deployment has in common.
///
/// @param image Muster's own image
/// @param home Muster's namespace
/// @param serviceAccount that the drill runs as, in `home`
/// @param beacons `address:port` of what the engine must not reach: API server, DNS, store
/// @param store where the mover reads
/// @param storeCa PEM of the authority of its certificate, where the public ones do not do
/// @param boot until the empty engine answers
/// @param move until the data is back
/// @param life after which the reaper removes the namespace, whatever holds it
record SandboxSettings(
    String image,
    String pullPolicy,
    String home,
    String serviceAccount,
    List<String> beacons,
    StoreAddress store,
    Optional<String> storeCa,
    Duration boot,
    Duration move,
    Duration life) {

  SandboxSettings {
    beacons = List.copyOf(beacons);
  }
}
