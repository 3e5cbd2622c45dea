package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ItemReading;
import dev.muster.config.Configuration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Asks a cluster for the objects of every tool that we can read.
public final class OtherTools {
  private final Cluster cluster;
  private final InstantSource clock;
  private final List<ToolReader> readers;

  public OtherTools(Cluster cluster, Configuration.Evidence names, InstantSource clock) {
    this(cluster, readers(names), clock);
  }

  OtherTools(Cluster cluster, List<ToolReader> readers, InstantSource clock) {
    this.cluster = cluster;
    this.readers = List.copyOf(readers);
    this.clock = clock;
  }

  static List<ToolReader> readers(Configuration.Evidence names) {
    return Stream.concat(tools(names).stream(), databases()).toList();
  }

  private static List<ToolReader> tools(Configuration.Evidence names) {
    return List.of(
        new VeleroReader(),
        new K8upReader(names.k8upAnnotation(), names.k8upOnlyAnnotated()),
        new VolSyncReader(),
        new LonghornReader(),
        new KastenReader(),
        new KanisterReader(),
        new StashReader(),
        new KubeStashReader(),
        new CloudNativePgReader(),
        new CrunchyReader(),
        new PerconaPostgresReader(),
        new PerconaXtraDbReader(),
        new PerconaMongoDbReader(),
        new MariaDbReader(),
        new ZalandoReader(names.zalandoClusterLabel()),
        new ArkReader(),
        new SnapshotReader(),
        new CronJobReader(names.backupCommands()),
        new KnownToolsReader());
  }

  private static Stream<ToolReader> databases() {
    return Stream.of(
            AckDatabases.readers(),
            ConfigConnectorDatabases.readers(),
            AzureServiceOperatorDatabases.readers(),
            CrossplaneDatabases.readers())
        .flatMap(List::stream);
  }

  /// All that is asked for where the server has it.
  public List<GroupVersionResource> resources() {
    return readers.stream().flatMap(reader -> reader.resources().stream()).toList();
  }

  /// Throws nothing: what cannot be read is a gap. Tools keep objects in namespaces of their own,
  /// so all namespaces are asked whatever the inventory holds.
  public Findings of(Inventory inventory) {
    Claims claims = new Claims(inventory);
    Instant now = clock.instant();
    Findings findings = new Findings();
    Served served = Served.by(cluster);
    for (ToolReader reader : readers) {
      List<GroupVersionResource> there = there(reader, served, findings);
      var objects = new ToolObjects(kept(reader, there, findings), claims, now);
      read(reader, there, objects, findings);
    }
    return findings;
  }

  /// One tool's objects must not keep all others' out of the report.
  private void read(
      ToolReader reader, List<GroupVersionResource> there, ToolObjects objects, Findings findings) {
    try {
      there.stream()
          .filter(reader.many()::contains)
          .forEach(resource ->
              list(
                      reader,
                      resource,
                      at -> reader.read(resource, PlainObject.read(at), objects),
                      findings)
                  .orElse(List.of())
                  .forEach(found -> found.forEach(findings::add)));
      reader.read(objects, findings);
    } catch (RuntimeException e) {
      gap(
          reader,
          "what %s has cannot be understood (%s): judge what it protects by hand, and report it"
              .formatted(reader.name(), e.getClass().getSimpleName()),
          findings);
    }
  }

  /// The resources of a tool that the server has.
  private static List<GroupVersionResource> there(
      ToolReader reader, Served served, Findings findings) {
    List<GroupVersionResource> resources = reader.resources();
    if (reader.pointsHide()) {
      resources.stream()
          .map(GroupVersionResource::group)
          .distinct()
          .map(group -> served.unread(group, resources))
          .filter(versions -> !versions.isEmpty())
          .forEach(versions -> gap(reader, unread(reader, versions), findings));
    }
    return resources.stream().filter(served::has).toList();
  }

  private Map<GroupVersionResource, List<JsonNode>> kept(
      ToolReader reader, List<GroupVersionResource> there, Findings findings) {
    Map<GroupVersionResource, List<JsonNode>> objects = new HashMap<>();
    Set<String> asked = new HashSet<>();
    for (GroupVersionResource resource : there) {
      // A server shows every object in each version.
      String name = resource.plural() + "." + resource.group();
      if (!reader.many().contains(resource) && !asked.contains(name)) {
        list(reader, resource, PlainObject::read, findings)
            .ifPresent(all -> {
              asked.add(name);
              objects.put(resource, all);
            });
      }
    }
    return objects;
  }

  /// Empty where the server has no such resource.
  private <T> Optional<List<T>> list(
      ToolReader reader, GroupVersionResource resource, ItemReading<T> each, Findings findings) {
    try {
      return cluster.listPlain(resource, null, each);
    } catch (ClusterException e) {
      gap(
          reader,
          "%s of %s cannot be read (%s): grant list, or judge what it protects by hand"
              .formatted(resource, reader.name(), e.getMessage()),
          findings);
      return Optional.of(List.of());
    }
  }

  private static void gap(ToolReader reader, String text, Findings findings) {
    if (reader.ofDatabases()) {
      findings.databaseGap(text);
    } else {
      findings.gap(text);
    }
  }

  private static String unread(ToolReader reader, List<String> versions) {
    String read =
        reader.resources().stream()
            .map(GroupVersionResource::groupVersion)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "%s is there as %s, of which only %s is read: judge what it protects by hand"
        .formatted(reader.name(), String.join(", ", versions), read);
  }
}
