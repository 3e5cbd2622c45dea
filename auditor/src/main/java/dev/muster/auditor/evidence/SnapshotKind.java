package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A kind of object that stands for one backup of a database that its provider has, apart from
/// those that it keeps by itself.
///
/// @param versions of its API, in the order of preference
/// @param database the kind that it is of
/// @param done the word of its status for one that is whole; empty where any word says so
record SnapshotKind(
    List<GroupVersionResource> versions,
    String kind,
    String database,
    String done,
    Map<Field, List<String>> fields) {

  /// What an object says.
  enum Field {
    /// What the provider calls the database.
    ID,
    /// What the object of the database is called.
    NAME,
    /// As of the database.
    UNIQUE,
    STATUS,
    /// All must be there; the data is not older than the earliest.
    TIME,
    /// Counts likewise where it is there.
    EARLIER
  }

  SnapshotKind {
    versions = List.copyOf(versions);
  }

  /// @param versions of its API, the newest first
  static SnapshotKind of(String group, String kind, String database, String... versions) {
    return new SnapshotKind(
        Stream.of(versions)
            .map(version ->
                new GroupVersionResource(group, version, kind.toLowerCase(Locale.ROOT) + "s"))
            .toList(),
        kind,
        database,
        "",
        Map.of());
  }

  SnapshotKind says(Field field, String... at) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(fields);
    more.put(field, List.of(at));
    return new SnapshotKind(versions, kind, database, done, more);
  }

  SnapshotKind done(String word) {
    return new SnapshotKind(versions, kind, database, word, fields);
  }

  /// In the order of the places.
  List<String> said(JsonNode object, Field field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(at -> Said.text(object, at))
        .filter(text -> !text.isEmpty())
        .toList();
  }

  /// Empty for one that is not whole, is being deleted, or does not say of when it is.
  Optional<ForeignPoint> point(String tool, JsonNode object) {
    List<String> status = said(object, Field.STATUS);
    boolean whole = done.isEmpty() ? !status.isEmpty() : status.contains(done);
    List<Instant> times = times(object, Field.TIME);
    if (!whole
        || times.size() < fields.getOrDefault(Field.TIME, List.of()).size()
        || object.path("metadata").hasNonNull("deletionTimestamp")) {
      return Optional.empty();
    }
    return Stream.concat(times.stream(), times(object, Field.EARLIER).stream())
        .min(Instant::compareTo)
        .map(cut -> new ForeignPoint(tool, Said.name(kind, object), cut));
  }

  private List<Instant> times(JsonNode object, Field field) {
    return fields.getOrDefault(field, List.of()).stream()
        .flatMap(at -> Said.time(object, at).stream())
        .toList();
  }
}
