package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.cluster.GroupVersionResource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A kind of object that stands for a database of a provider, and where it says what. Of several
/// places the first that says anything counts.
///
/// @param versions of its API, in the order of preference
/// @param unit of its size
/// @param wholes kinds of which one may be a part: the data is theirs
record DatabaseKind(
    List<GroupVersionResource> versions,
    String kind,
    String engine,
    String unit,
    Map<Field, List<String>> fields,
    List<Whole> wholes) {

  /// What an object says.
  enum Field {
    /// Without it, which its definition asks for, there is no database.
    REQUIRED,
    /// What its provider calls it.
    ID,
    /// What its provider gives to no other, whatever they are called.
    UNIQUE,
    ENGINE,
    SIZE,
    /// A switch, or for how many days backups are kept.
    BACKUPS,
    /// A time that can be restored.
    RESTORABLE,
    STATUS
  }

  /// @param at where a part says what the provider, or the API server, calls it
  record Whole(String kind, String at, boolean byName) {}

  private static final Set<String> LEAVING = Set.of("deleting", "dropping", "deleted");

  /// By Amazon's and Microsoft's documentation of what their databases may be.
  private static final Set<String> FAILED =
      Set.of(
          "disabled",
          "emergencymode",
          "failed",
          "inaccessible",
          "insufficient-capacity",
          "recoverypending",
          "restore-error",
          "storage-full",
          "suspect");

  private static final Set<String> FAILING = Set.of("inaccessible-", "incompatible-");

  DatabaseKind {
    versions = List.copyOf(versions);
    wholes = List.copyOf(wholes);
  }

  /// @param versions of its API, the newest first
  static DatabaseKind of(String group, String kind, String... versions) {
    String plural = kind.toLowerCase(Locale.ROOT) + "s";
    return new DatabaseKind(
        Stream.of(versions)
            .map(version -> new GroupVersionResource(group, version, plural))
            .toList(),
        kind,
        "",
        "Gi",
        Map.of(),
        List.of());
  }

  DatabaseKind says(Field field, String... at) {
    Map<Field, List<String>> more = new EnumMap<>(Field.class);
    more.putAll(fields);
    more.put(field, List.of(at));
    return new DatabaseKind(versions, kind, engine, unit, more, wholes);
  }

  /// One that is never anything else.
  DatabaseKind engine(String name) {
    return new DatabaseKind(versions, kind, name, unit, fields, wholes);
  }

  DatabaseKind unit(String other) {
    return new DatabaseKind(versions, kind, engine, other, fields, wholes);
  }

  DatabaseKind partOf(String whole, String at) {
    return partOf(new Whole(whole, at, false));
  }

  DatabaseKind partOfNamed(String whole, String at) {
    return partOf(new Whole(whole, at, true));
  }

  private DatabaseKind partOf(Whole whole) {
    List<Whole> more = new ArrayList<>(wholes);
    more.add(whole);
    return new DatabaseKind(versions, kind, engine, unit, fields, more);
  }

  boolean there(JsonNode object) {
    return fields.getOrDefault(Field.REQUIRED, List.of()).stream()
        .map(at -> Said.at(object, at))
        .allMatch(node -> node.isObject() || !node.asText("").isEmpty());
  }

  /// Whether objects of it have the field, in time.
  boolean tells(Field field) {
    return fields.containsKey(field);
  }

  /// Texts and numbers; nothing else says anything.
  Optional<String> said(JsonNode object, Field field) {
    return fields.getOrDefault(field, List.of()).stream()
        .map(at -> Said.text(object, at))
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /// @param points that are there beside what the object says itself
  OutsideDatabase database(String tool, JsonNode object, List<ForeignPoint> points) {
    String phase = said(object, Field.STATUS).orElseGet(() -> ready(object));
    OutsideDatabase.State state = state(object, phase.toLowerCase(Locale.ROOT));
    Boolean backups = backups(object);
    List<ForeignPoint> all = new ArrayList<>(points);
    // What the provider keeps by itself goes with the database, and with the switch.
    if (state != OutsideDatabase.State.LEAVING && !Boolean.FALSE.equals(backups)) {
      fields.getOrDefault(Field.RESTORABLE, List.of()).stream()
          .flatMap(at -> Said.time(object, at).stream())
          .findFirst()
          .map(cut -> new ForeignPoint(tool, Said.name(kind, object), cut))
          .ifPresent(all::add);
    }
    return new OutsideDatabase(
        kind + "." + versions.getFirst().group(),
        Said.metadata(object),
        EngineName.of(engine.isEmpty() ? said(object, Field.ENGINE).orElse("") : engine),
        size(object),
        phase,
        state,
        backups,
        all);
  }

  private static OutsideDatabase.State state(JsonNode object, String phase) {
    if (object.path("metadata").hasNonNull("deletionTimestamp") || LEAVING.contains(phase)) {
      return OutsideDatabase.State.LEAVING;
    }
    return FAILED.contains(phase) || FAILING.stream().anyMatch(phase::startsWith)
        ? OutsideDatabase.State.FAILED
        : OutsideDatabase.State.PRESENT;
  }

  /// Why it is ready, or is not, where the provider has no word of its own.
  private static String ready(JsonNode object) {
    return object
        .at("/status/conditions")
        .valueStream()
        .filter(each -> each.path("type").asText("").equals("Ready"))
        .findFirst()
        .map(each -> each.path("reason").asText(""))
        .orElse("");
  }

  /// Off as soon as one place says so: what is switched off is deleted, and what is not yet on has
  /// made nothing.
  private @Nullable Boolean backups(JsonNode object) {
    List<Boolean> all =
        fields.getOrDefault(Field.BACKUPS, List.of()).stream()
            .map(at -> Said.at(object, at))
            .filter(node -> node.isBoolean() || node.isNumber())
            .map(node -> node.isBoolean() ? node.asBoolean() : node.asDouble() > 0)
            .toList();
    return all.isEmpty() ? null : !all.contains(false);
  }

  private @Nullable String size(JsonNode object) {
    return fields.getOrDefault(Field.SIZE, List.of()).stream()
        .map(at -> Said.at(object, at))
        .filter(node -> node.isNumber() && node.asLong() > 0)
        .findFirst()
        .map(node -> node.asLong() + unit)
        .orElse(null);
  }
}
