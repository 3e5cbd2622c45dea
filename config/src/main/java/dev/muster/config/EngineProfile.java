package dev.muster.config;

import dev.muster.model.StreamName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How one database engine is dumped, probed, restored and checked. Scripts are for POSIX `sh`, run
/// in the engine's own image, and take parameters only from environment variables:
///
/// - all: `MUSTER_HOST`, `MUSTER_PORT`, `MUSTER_DATABASE` (empty: the one that the environment
///   names), `MUSTER_DIR`
/// - dump, probe, restore: `MUSTER_STREAM`; dump and probe also `MUSTER_CONSISTENCY`
/// - restore, swap and table: `MUSTER_TARGET`, the database to create, swap in or copy from
/// - table: `MUSTER_TABLE` and `MUSTER_REPLACE` (`true` or `false`)
///
/// Credentials are those of the engine's own environment (`POSTGRES_PASSWORD` and the like).
///
/// @param testedWith versions of the server that tests have run with; empty: no test has run it
/// @param digest SHA-256 of the profile's text, for manifests
public record EngineProfile(
    String name,
    int port,
    List<Stream> streams,
    Scripts scripts,
    Drill drill,
    List<String> testedWith,
    String digest) {

  public EngineProfile {
    streams = List.copyOf(streams);
    testedWith = List.copyOf(testedWith);
  }

  /// The streams of one backup of these databases, server-wide streams first. An empty name is the
  /// database that the workload's environment names; its stream is called `main`.
  public List<Capture> captures(List<String> databases) {
    List<Capture> captures = new ArrayList<>();
    for (Stream stream : streams) {
      if (stream.scope() == Scope.SERVER) {
        captures.add(new Capture(StreamName.of(stream.name(), ""), "", stream));
      } else {
        for (String database : databases) {
          String word = database.isEmpty() ? "main" : database;
          captures.add(new Capture(StreamName.of(stream.name(), word), database, stream));
        }
      }
    }
    return captures;
  }

  /// Whether its databases are dumped one by one. Of an engine that is dumped as a whole the
  /// streams of the server hold the data, and only an empty server can take it back.
  public boolean byDatabase() {
    return streams.stream().anyMatch(stream -> stream.scope() == Scope.DATABASE);
  }

  /// The stream definition that made a stream of this name.
  public Optional<Stream> streamOf(StreamName name) {
    return streams.stream().filter(stream -> stream.made(name)).findFirst();
  }

  public enum Scope {
    /// Once for the server: roles and the like, or all that it holds. Restored only into an empty
    /// server.
    SERVER,
    /// Once for each database.
    DATABASE
  }

  /// @param name `globals`, or with `{database}` in it
  /// @param magic what the plaintext begins with; empty if unknown
  /// @param trailer what the last 4 KiB of the plaintext hold; empty if the format has no end mark
  public record Stream(
      String name,
      Scope scope,
      String dump,
      Optional<Probe> probe,
      String magic,
      String trailer,
      String restore) {

    boolean made(StreamName stream) {
      int hole = name.indexOf("{database}");
      return hole < 0
          ? name.equals(stream.value())
          : stream.value().startsWith(name.substring(0, hole));
    }
  }

  /// Counts and hashes taken together with the dump.
  public record Probe(Relation relation, String script) {}

  /// How a probe relates to the cut.
  public enum Relation {
    SAME_SNAPSHOT,
    BRACKETED,
    NONE;

    /// The word in probe lines and manifests: `same-snapshot`.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  /// @param ready exits 0 once the server takes connections
  /// @param check the engine's own check of a restored server
  /// @param probe the probe without a snapshot, for a restored database
  /// @param databases prints the names of all databases, one a line
  /// @param swap renames `MUSTER_TARGET` into the place of `MUSTER_DATABASE`
  /// @param table copies `MUSTER_TABLE` from `MUSTER_TARGET` into `MUSTER_DATABASE`; this and the
  ///   two before it are empty in a profile that dumps the server as a whole
  public record Scripts(
      String ready, String check, String probe, String databases, String swap, String table) {}

  /// How a drill starts an empty engine: values `random` become random secrets.
  ///
  /// @param database the database that scripts connect to before one is restored
  public record Drill(
      Map<String, String> environment, List<String> arguments, String dataDir, String database) {
    public Drill {
      environment = Map.copyOf(environment);
      arguments = List.copyOf(arguments);
    }
  }

  /// One stream of one backup.
  public record Capture(StreamName stream, String database, Stream definition) {}
}
