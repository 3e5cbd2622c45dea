package dev.muster.restore;

import dev.muster.config.EngineProfile;
import dev.muster.model.NameList;
import dev.muster.model.PointId;
import dev.muster.repository.Digests;
import dev.muster.repository.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a restore into the workload's own server does, from manifest, profile and wishes alone.
/// Every database comes back under a new name, unique for the point; the live ones are touched only
/// by [#finish], after the restored data was checked. An engine that is dumped as a whole comes
/// back as a whole, and its scripts refuse a server that is not empty.
public final class RestorePlan {
  private static final int NAME_LIMIT = 63;
  private static final int NAMED = 20;
  private static final String WHOLE = "the whole server";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*");

  private final EngineProfile profile;
  private final Manifest manifest;
  private final RestoreOptions options;
  private final List<Manifest.Stream> streams;
  private final String mark;

  private RestorePlan(
      EngineProfile profile,
      Manifest manifest,
      RestoreOptions options,
      List<Manifest.Stream> streams,
      String mark) {
    this.profile = profile;
    this.manifest = manifest;
    this.options = options;
    this.streams = List.copyOf(streams);
    this.mark = mark;
  }

  /// @param mark tells this restore's databases from those of others of the same point: four
  ///   letters or digits
  /// @throws UnfitException when the point does not hold what is wanted
  public static RestorePlan of(
      EngineProfile profile, Manifest manifest, RestoreOptions options, String mark) {
    if (!profile.byDatabase()) {
      return whole(profile, manifest, options, mark);
    }
    List<Manifest.Stream> all = new RestoreSteps(profile, manifest).dataStreams();
    List<Manifest.Stream> wanted =
        all.stream()
            .filter(stream -> options.database().map(database(stream)::equals).orElse(true))
            .toList();
    List<String> names = all.stream().map(RestorePlan::database).toList();
    if (wanted.isEmpty()) {
      throw new UnfitException(
          "point %s holds no database %s; it holds %s"
              .formatted(manifest.identity().point(), options.database().orElse(""), names));
    }
    if (options.table().isPresent() && wanted.size() > 1) {
      throw new UnfitException("the point holds several databases, name one of " + names);
    }
    RestorePlan plan = new RestorePlan(profile, manifest, options, wanted, mark);
    options.table().ifPresent(plan::checkTable);
    return plan;
  }

  private static RestorePlan whole(
      EngineProfile profile, Manifest manifest, RestoreOptions options, String mark) {
    if (!options.equals(RestoreOptions.plain())) {
      throw new UnfitException(
          "%s is restored as a whole and into an empty server: --database, --table and --swap are"
                  .formatted(profile.name())
              + " for others; --to FILE writes the dump, for a server of your own to load");
    }
    List<Manifest.Stream> all = new RestoreSteps(profile, manifest).dataStreams();
    return new RestorePlan(profile, manifest, options, all, mark);
  }

  /// Before anything is restored. The scripts check the name again, where it is used.
  private void checkTable(String table) {
    if (!PLAIN_NAME.matcher(table).matches()) {
      throw new UnfitException(
          "'%s' is not a plain name of a table: letters, digits, _ . - are allowed"
              .formatted(table));
    }
    List<String> held =
        probe(streams.getFirst()).stream()
            .flatMap(probe -> probe.tables().stream())
            .map(Manifest.Table::name)
            .filter(name -> !name.equals("pg_largeobject"))
            .toList();
    if (!held.isEmpty() && !held.contains(table) && !held.contains("public." + table)) {
      throw new UnfitException(
          "point %s has no table %s; it has %s"
              .formatted(manifest.identity().point(), table, NameList.shortened(held, NAMED)));
    }
  }

  /// The streams to issue a ticket for, in the order of the clients.
  public List<Manifest.Stream> streams() {
    return streams;
  }

  /// Of the engine.
  int port() {
    return profile.port();
  }

  /// The clients that fill the new databases, or the empty server.
  public List<Step> restore() {
    RestoreSteps steps = new RestoreSteps(profile, manifest);
    List<String> names = streams.stream().map(stream -> RestoreSteps.client(stream)).toList();
    return steps.data(this::target).stream().filter(step -> names.contains(step.name())).toList();
  }

  /// The probes that read the new databases, for the streams that the manifest has probes of.
  public List<Step> probes() {
    return streams.stream()
        .filter(stream -> probe(stream).isPresent())
        .map(stream -> ProbeStep.of(stream, profile.scripts().probe(), target(stream)))
        .toList();
  }

  /// The manifest's probe of a stream.
  public Optional<Manifest.Probe> probe(Manifest.Stream stream) {
    return manifest.probes().stream()
        .filter(probe -> probe.stream().equals(stream.name()))
        .findFirst();
  }

  /// What changes the live databases, empty when only new ones were wanted.
  public List<Step> finish() {
    List<Step> steps = new ArrayList<>();
    for (Manifest.Stream stream : streams) {
      Map<String, String> names =
          Map.of("MUSTER_DATABASE", live(stream), "MUSTER_TARGET", target(stream));
      if (options.swap()) {
        steps.add(new Step("swap-" + stream.name(), profile.scripts().swap(), names));
      }
      options.table().ifPresent(table -> steps.add(tableStep(stream, table, names)));
    }
    return steps;
  }

  /// What the last step did, for people.
  String finished(String answer) {
    return options
        .table()
        .map(table -> "table " + table + " is back: " + answer + " rows")
        .orElseGet(() -> "swapped: what was live before is kept as " + answer);
  }

  /// `<database>_restored_<time of the point>_<mark>`. A database whose name has to be cut or
  /// changed for it stays apart from the others by a digest.
  public String target(Manifest.Stream stream) {
    if (!profile.byDatabase()) {
      return WHOLE;
    }
    String time = PointId.parse(manifest.identity().point()).time().toLowerCase(Locale.ROOT);
    String suffix = "_restored_" + time + "_" + mark;
    String database = database(stream);
    String plain = database.replaceAll("[^A-Za-z0-9_.-]", "_");
    int room = NAME_LIMIT - suffix.length();
    if (plain.equals(database) && plain.length() <= room) {
      return plain + suffix;
    }
    String digest = Digests.sha256(database.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    int kept = Math.min(plain.length(), room - digest.length() - 1);
    return plain.substring(0, kept) + "_" + digest + suffix;
  }

  public List<String> targets() {
    return streams.stream().map(this::target).toList();
  }

  /// What may be dropped after a failure. Never the whole server: it may have been in use.
  List<String> leftovers() {
    return profile.byDatabase() ? targets() : List.of();
  }

  /// The databases that hold the data in the end.
  List<String> results() {
    return options.swap() ? streams.stream().map(RestorePlan::database).toList() : targets();
  }

  private Step tableStep(Manifest.Stream stream, String table, Map<String, String> names) {
    Map<String, String> environment = new TreeMap<>(names);
    environment.put("MUSTER_TABLE", table);
    environment.put("MUSTER_REPLACE", Boolean.toString(options.replace()));
    return new Step("table-" + stream.name(), profile.scripts().table(), environment);
  }

  /// Empty means the one that the workload's environment names.
  private static String live(Manifest.Stream stream) {
    String database = stream.database();
    return database == null ? "" : database;
  }

  private static String database(Manifest.Stream stream) {
    return live(stream).isEmpty() ? "main" : live(stream);
  }
}
