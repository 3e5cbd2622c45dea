package dev.muster.drill;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a drill's Pods may and must not reach, seen from a Pod of the cluster.
///
/// @param beacons `address:port`, by address, since names do not resolve behind a closed network
public record DrillNetwork(List<String> beacons, StoreAddress store) {
  private static final int DNS = 53;

  public DrillNetwork {
    beacons = List.copyOf(beacons);
  }

  /// @param environment of a Pod: it names the API server
  /// @param resolvConf the text of `/etc/resolv.conf`: it names the DNS
  /// @throws IllegalStateException when the store's name does not resolve
  public static DrillNetwork inPod(
      Map<String, String> environment, String resolvConf, URI endpoint) {
    StoreAddress store = StoreAddress.resolve(endpoint);
    List<String> beacons = new ArrayList<>();
    apiServer(environment).ifPresent(beacons::add);
    nameServers(resolvConf).forEach(address -> beacons.add(joined(address, DNS)));
    store.addresses().forEach(address -> beacons.add(joined(address, store.port())));
    return new DrillNetwork(beacons, store);
  }

  private static Optional<String> apiServer(Map<String, String> environment) {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    String port = environment.get("KUBERNETES_SERVICE_PORT");
    return host == null || port == null
        ? Optional.empty()
        : Optional.of(joined(host, Integer.parseInt(port)));
  }

  private static List<String> nameServers(String resolvConf) {
    return resolvConf
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("nameserver"))
        .map(line -> line.substring("nameserver".length()).strip())
        .toList();
  }

  private static String joined(String address, int port) {
    return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
  }
}
