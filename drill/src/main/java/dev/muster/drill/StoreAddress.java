package dev.muster.drill;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the store answers, in the words of a NetworkPolicy: addresses and port, and the namespace
/// if the store is a Service of this cluster, whose address policies do not see.
public record StoreAddress(List<String> addresses, int port, Optional<String> serviceNamespace) {
  private static final Pattern SERVICE =
      Pattern.compile("[^.]+\\.([^.]+)\\.svc(\\.cluster\\.local\\.?)?");

  public StoreAddress {
    addresses = List.copyOf(addresses);
  }

  /// @throws IllegalStateException when the name does not resolve; the drill then starts no sandbox
  static StoreAddress resolve(URI endpoint) {
    int port = endpoint.getPort();
    if (port < 0) {
      port = "http".equals(endpoint.getScheme()) ? 80 : 443;
    }
    try {
      List<String> addresses =
          Arrays.stream(InetAddress.getAllByName(endpoint.getHost()))
              .map(InetAddress::getHostAddress)
              .sorted()
              .toList();
      Matcher service = SERVICE.matcher(endpoint.getHost());
      return new StoreAddress(
          addresses, port, service.matches() ? Optional.of(service.group(1)) : Optional.empty());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "the store's name does not resolve: " + endpoint.getHost(), e);
    }
  }

  /// As CIDR blocks of one address.
  List<String> blocks() {
    return addresses.stream()
        .map(address -> address + (address.contains(":") ? "/128" : "/32"))
        .toList();
  }
}
