package dev.muster.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commit of a recovery point: what was captured, how, and which bytes hold it.
///
/// Written last and once; a point without it does not exist. Everything else in the store is named
/// here by digest.
public record Manifest(
    int formatVersion,
    Identity identity,
    Consistency consistency,
    Encryption encryption,
    List<Stream> streams,
    List<Probe> probes,
    Chain chain) {

  /// The version that this code writes; a reader refuses newer ones.
  public static final int FORMAT_VERSION = 1;

  public Manifest {
    streams = List.copyOf(streams);
    probes = List.copyOf(probes);
    if (streams.isEmpty()) {
      throw new IllegalArgumentException("a manifest needs at least one stream");
    }
  }

  /// Whose data this is, and which run made the point.
  public record Identity(
      String clusterUid,
      String namespace,
      String namespaceUid,
      String kind,
      String name,
      String uid,
      String workloadKey,
      @Nullable String podUid,
      String container,
      String image,
      @Nullable String imageDigest,
      String plan,
      String retention,
      Instant slot,
      String point,
      String runId,
      String attempt) {}

  /// What the capture guarantees.
  public enum ConsistencyClass {
    /// All tables as of one moment that the engine itself vouches for.
    APPLICATION,
    /// All tables as of one moment, as after a loss of power. A dump never gives this.
    CRASH,
    /// Nothing shows that the tables are of one moment.
    NONE
  }

  /// How the cut was made. Positions are the engine's words: `lsn`, `gtid`, `binlog`.
  public record Consistency(
      ConsistencyClass guarantee,
      String mechanism,
      Instant windowOpened,
      Instant windowClosed,
      Map<String, String> positions,
      List<String> snapshotHandles,
      List<String> warnings) {

    public Consistency {
      positions = Map.copyOf(positions);
      snapshotHandles = List.copyOf(snapshotHandles);
      warnings = List.copyOf(warnings);
    }
  }

  /// The public keys that each stream's data key is wrapped for.
  public record Encryption(List<String> recipients) {

    public Encryption {
      recipients = List.copyOf(recipients);
    }
  }

  /// One captured stream: plaintext facts, and the segments whose concatenation is the age file.
  /// `trailerSeen` is absent where the engine has no trailer.
  public record Stream(
      String name,
      int exitCode,
      @Nullable Boolean trailerSeen,
      long plainBytes,
      String plainSha256,
      List<Segment> segments,
      @Nullable PartList partList,
      String engine,
      @Nullable String database,
      @Nullable String tool,
      @Nullable String serverVersion,
      String profile,
      String profileDigest) {

    public Stream {
      segments = List.copyOf(segments);
    }

    /// Bytes on the store.
    public long storedBytes() {
      return segments.stream().mapToLong(Segment::bytes).sum();
    }
  }

  /// One object of ciphertext.
  public record Segment(String key, long bytes, String sha256) {}

  /// The object that lists a stream's parts.
  public record PartList(String key, String sha256) {}

  /// How counts relate to the cut.
  public enum Relation {
    SAME_SNAPSHOT,
    BRACKETED,
    NONE
  }

  /// What the database held at the cut, as a drill compares it.
  public record Probe(
      String stream,
      Relation relation,
      @Nullable String schemaHash,
      @Nullable String position,
      List<Table> tables) {

    public Probe {
      tables = List.copyOf(tables);
    }

    /// How this table's count relates to the cut.
    public Relation relationOf(Table table) {
      return table.relation() == null ? relation : table.relation();
    }
  }

  /// One table's count and order-independent row hash. The relation is absent where it is the
  /// probe's.
  public record Table(String name, long rows, @Nullable String hash, @Nullable Relation relation) {

    public Table(String name, long rows, @Nullable String hash) {
      this(name, rows, hash, null);
    }
  }

  /// What came before, and the clocks at sealing. `clockOffset` is the store's clock minus ours.
  public record Chain(
      @Nullable String parentPoint,
      @Nullable String previousManifestSha256,
      Instant sealedAt,
      Duration elapsed,
      @Nullable Duration clockOffset) {}
}
