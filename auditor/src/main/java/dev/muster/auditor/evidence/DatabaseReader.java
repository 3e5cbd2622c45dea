package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.evidence.DatabaseKind.Field;
import dev.muster.cluster.GroupVersionResource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Databases outside of the cluster that an operator has objects for, of one group of its API.
/// Unlike other tools' objects these are no evidence of something else: they are what there is to
/// protect, with what their provider has of it.
final class DatabaseReader implements ToolReader {
  private static final String MADE = "/metadata/annotations/crossplane.io~1external-create-pending";

  private final String tool;
  private final List<DatabaseKind> databases;
  private final List<SnapshotKind> snapshots;

  /// @param tool the provider's, as people call it
  DatabaseReader(String tool, List<DatabaseKind> databases, List<SnapshotKind> snapshots) {
    this.tool = tool;
    this.databases = List.copyOf(databases);
    this.snapshots = List.copyOf(snapshots);
  }

  /// One object, and what else its provider has of it.
  private record Listed(DatabaseKind kind, JsonNode object, List<ForeignPoint> points) {
    /// Crossplane notes when it asked for one that it made: what is older is of another that had
    /// the identifier before.
    boolean since(ForeignPoint point) {
      return Said.time(object, MADE).filter(made -> point.cut().isBefore(made)).isEmpty();
    }

    /// What is unique need not be told by a snapshot, but must not differ: a database without it
    /// does not exist yet.
    boolean unlike(List<String> unique) {
      return !unique.isEmpty()
          && kind.tells(Field.UNIQUE)
          && !unique.contains(kind.said(object, Field.UNIQUE).orElse(""));
    }
  }

  @Override
  public String name() {
    return tool;
  }

  @Override
  public List<GroupVersionResource> resources() {
    return Stream.concat(
            databases.stream().flatMap(kind -> kind.versions().stream()),
            snapshots.stream().flatMap(kind -> kind.versions().stream()))
        .toList();
  }

  @Override
  public boolean ofDatabases() {
    return true;
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    Map<String, Listed> listed = new LinkedHashMap<>();
    Map<String, Listed> byId = new HashMap<>();
    for (DatabaseKind kind : databases) {
      for (JsonNode object : objects.of(kind.versions())) {
        if (kind.there(object)) {
          Listed one = new Listed(kind, object, new ArrayList<>());
          listed.put(key(kind.kind(), object, Said.text(object, "/metadata/name")), one);
          kind.said(object, Field.ID)
              .ifPresent(id -> byId.put(idKey(kind.kind(), object, id), one));
        }
      }
    }
    for (SnapshotKind kind : snapshots) {
      for (JsonNode object : objects.of(kind.versions())) {
        of(kind, object, listed, byId)
            .ifPresent(whose ->
                kind.point(tool, object).filter(whose::since).ifPresent(whose.points()::add));
      }
    }
    listed.values().stream()
        .filter(one -> !part(one, listed, byId))
        .map(one -> one.kind().database(tool, one.object(), one.points()))
        .forEach(into::database);
  }

  private static Optional<Listed> of(
      SnapshotKind kind, JsonNode object, Map<String, Listed> listed, Map<String, Listed> byId) {
    Stream<Listed> named =
        kind.said(object, SnapshotKind.Field.NAME).stream()
            .flatMap(name -> Stream.ofNullable(listed.get(key(kind.database(), object, name))));
    Stream<Listed> called =
        kind.said(object, SnapshotKind.Field.ID).stream()
            .flatMap(id -> Stream.ofNullable(byId.get(idKey(kind.database(), object, id))));
    return Stream.concat(named, called)
        .findFirst()
        .filter(whose -> !whose.unlike(kind.said(object, SnapshotKind.Field.UNIQUE)));
  }

  /// An instance of a cluster, or a replica, of which the whole is listed itself; of those that
  /// name each other in a circle each is.
  private static boolean part(Listed one, Map<String, Listed> listed, Map<String, Listed> byId) {
    Set<Listed> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Listed at = one;
    while (seen.add(at)) {
      Optional<Listed> whole = whole(at, listed, byId);
      if (whole.isEmpty()) {
        return at != one;
      }
      at = whole.get();
    }
    return false;
  }

  private static Optional<Listed> whole(
      Listed one, Map<String, Listed> listed, Map<String, Listed> byId) {
    return one.kind().wholes().stream()
        .flatMap(whole -> {
          String said = Said.text(one.object(), whole.at());
          return Stream.ofNullable(
              whole.byName()
                  ? listed.get(key(whole.kind(), one.object(), said))
                  : byId.get(idKey(whole.kind(), one.object(), said)));
        })
        .filter(whole -> whole != one)
        .findFirst();
  }

  private static String key(String kind, JsonNode object, String name) {
    return "%s/%s/%s".formatted(kind, Said.text(object, "/metadata/namespace"), name);
  }

  /// Providers tell no large letters from small ones, and each account, project and region has
  /// identifiers of its own.
  private static String idKey(String kind, JsonNode object, String id) {
    boolean regional = Said.text(object, "/apiVersion").startsWith("rds.");
    return Stream.of(
            key(kind, object, id.toLowerCase(Locale.ROOT)),
            Said.text(object, "/spec/providerConfigRef/kind"),
            Said.text(object, "/spec/providerConfigRef/name"),
            Said.text(object, "/spec/forProvider/project"),
            regional ? Said.text(object, "/spec/forProvider/region") : "",
            Said.text(object, "/metadata/annotations/services.k8s.aws~1region"))
        .collect(Collectors.joining("/"));
  }
}
