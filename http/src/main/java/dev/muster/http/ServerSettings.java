package dev.muster.http;

import java.time.Duration;

/// Where one server listens and what it bears.
///
/// @param name label of this server in metrics and thread names
/// @param port 0 for any free one
public record ServerSettings(
    String name, String host, int port, Capacity capacity, Patience patience) {

  /// On every address of the machine, with the bounds of a webhook.
  public static ServerSettings of(String name, int port) {
    return new ServerSettings(name, "0.0.0.0", port, Capacity.ofProcess(), Patience.ofServers());
  }

  public ServerSettings host(String host) {
    return new ServerSettings(name, host, port, capacity, patience);
  }

  /// With the longest time that a handler may take.
  public ServerSettings deadline(Duration deadline) {
    return with(patience.deadline(deadline));
  }

  ServerSettings with(Capacity capacity) {
    return new ServerSettings(name, host, port, capacity, patience);
  }

  ServerSettings with(Patience patience) {
    return new ServerSettings(name, host, port, capacity, patience);
  }
}
