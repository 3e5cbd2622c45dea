package dev.muster.drill;

import dev.muster.repository.Manifest;
import dev.muster.restore.Step;
import java.util.List;
import java.util.Map;

/// The engine of one drill and what is done with it, from the manifest and the engine's profile.
/// Steps get `MUSTER_HOST` and `MUSTER_PORT` when the address is known.
///
/// @param credentials random values for the variables that image and scripts read
/// @param arguments of the engine's own program
/// @param dataDirectory where the engine keeps its data, an empty volume
/// @param ready answers with 0 once the engine serves clients
/// @param streams in the order of their clients
/// @param restore one client per stream, in the order in which they run
/// @param checks the engine's own check of each restored database
/// @param probes one per database that the manifest probed
/// @param database that scripts connect to where a step names none
record DrillEngine(
    String image,
    String pullPolicy,
    int port,
    Map<String, String> credentials,
    List<String> arguments,
    String dataDirectory,
    String ready,
    List<Manifest.Stream> streams,
    List<Step> restore,
    List<Step> checks,
    List<Step> probes,
    String database) {

  DrillEngine {
    credentials = Map.copyOf(credentials);
    arguments = List.copyOf(arguments);
    streams = List.copyOf(streams);
    restore = List.copyOf(restore);
    checks = List.copyOf(checks);
    probes = List.copyOf(probes);
  }

  List<String> streamNames() {
    return streams.stream().map(Manifest.Stream::name).toList();
  }

  /// Without the credentials.
  @Override
  public String toString() {
    return "DrillEngine[image=" + image + ", streams=" + streamNames() + "]";
  }
}
