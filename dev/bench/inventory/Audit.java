import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.auditor.coverage.StandingAudit;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Kind;
import dev.muster.auditor.inventory.ObjectReader;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.ClusterException;
import dev.muster.cluster.Connection;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.config.EngineProfilesReader;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyOutcome;
import dev.muster.policies.WasmPolicyEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Measures a full audit beside a list of the same objects whose tokens are looked at and dropped.
/// `Audit KUBECONFIG ETCD-URL AUDIT-LOG CONFIGURATION OUT VOLUMES...`
final class Audit {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final Pattern WRITE =
      Pattern.compile("\"verb\":\"(create|update|patch|delete|deletecollection)\"");

  private final Path log;
  private final Cluster cluster;
  private final Etcd etcd;
  private final Coverage coverage;
  private final OtherTools others;
  private final AtomicLong asked = new AtomicLong();
  private final Fleet fleet = new Fleet(Instant.now());
  private int rooms;
  private long written;

  private record Cost(double seconds, double cpu) {}

  private Audit(Path kubeconfig, String etcd, Path log, Path configuration) throws Exception {
    this.log = log;
    this.cluster = Connection.from(kubeconfig).within(Duration.ofMinutes(2), 3).open();
    this.etcd = new Etcd(etcd);
    PolicyEngine policy = WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10));
    Configuration read = ConfigurationReader.read("muster.yaml", Files.readString(configuration));
    this.others = new OtherTools(cluster, read.evidence(), InstantSource.system());
    this.coverage =
        Coverage.of(
            read,
            EngineProfilesReader.read(Optional.empty()),
            counted(policy),
            "c0ffee00-0000-4000-8000-000000000001",
            Optional.empty(),
            List.of(),
            InstantSource.system());
  }

  public static void main(String... arguments) throws Exception {
    Audit audit =
        new Audit(
            Path.of(arguments[0]), arguments[1], Path.of(arguments[2]), Path.of(arguments[3]));
    ObjectNode results = JSON.createObjectNode();
    System.out.printf(
        "%8s %8s %9s %9s %7s %9s %9s %9s %11s %8s %9s%n",
        "volumes", "objects", "list s", "audit s", "ratio", "cpu ratio", "first", "cpu first",
        "B/volume", "change", "distinct");
    for (int i = 5; i < arguments.length; i++) {
      audit.measure(Integer.parseInt(arguments[i]), results);
    }
    Files.writeString(
        Path.of(arguments[4]), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(results));
    System.exit(0);
  }

  private PolicyEngine counted(PolicyEngine policy) {
    return new PolicyEngine() {
      @Override
      public PolicyOutcome evaluate(String entrypoint, JsonNode input) {
        asked.incrementAndGet();
        return policy.evaluate(entrypoint, input);
      }

      @Override
      public String digest() {
        // Another policy, so that nothing is remembered from one audit to the next.
        return policy.digest() + forgotten;
      }
    };
  }

  private int forgotten;

  private void measure(int volumes, ObjectNode results) throws Exception {
    seed(volumes);
    int times = volumes > 50_000 ? 3 : volumes > 5_000 ? 5 : 15;
    List<Cost> lists = new ArrayList<>();
    List<Cost> audits = new ArrayList<>();
    List<Cost> fresh = new ArrayList<>();
    long objects = 0;
    long before = writes();
    for (int i = 0; i < times; i++) {
      long[] listed = {0};
      lists.add(cost(() -> listed[0] = list()));
      objects = listed[0];
      audits.add(cost(() -> audit(volumes)));
      forgotten++;
      asked.set(0);
      fresh.add(cost(() -> audit(volumes)));
    }
    long distinct = asked.get();
    long writes = writes() - before;
    Cost list = median(lists);
    Cost audit = median(audits);
    Cost first = median(fresh);
    long empty = used();
    StandingAudit standing = new StandingAudit(coverage, Inventory.list(cluster, null));
    standing.again(others.of(standing.inventory()));
    CoverageReport report = standing.report();
    double bytes = (double) (used() - empty) / volumes;
    double change = change(standing);
    System.out.printf(
        "%8d %8d %9.2f %9.2f %7.2f %9.2f %9.2f %9.2f %11.0f %5.1f ms %9d%n",
        volumes, objects, list.seconds(), audit.seconds(), audit.seconds() / list.seconds(),
        audit.cpu() / list.cpu(), first.seconds() / list.seconds(), first.cpu() / list.cpu(),
        bytes, change, distinct);
    System.out.printf(
        "         CPU %.2f, %.2f, %.2f s; %s%n",
        list.cpu(), audit.cpu(), first.cpu(), report.counts());
    add(results, "volumes", volumes);
    add(results, "objects", objects);
    add(results, "seconds", audit.seconds());
    add(results, "list_seconds", list.seconds());
    add(results, "ratio_to_list", audit.seconds() / list.seconds());
    add(results, "cpu_ratio_to_list", audit.cpu() / list.cpu());
    add(results, "first_ratio_to_list", first.seconds() / list.seconds());
    add(results, "first_cpu_ratio_to_list", first.cpu() / list.cpu());
    add(results, "bytes_per_volume", bytes);
    add(results, "incremental_ms", change);
    add(results, "writes_unchanged", writes);
    add(results, "distinct_facts", distinct);
  }

  private void audit(int volumes) {
    Inventory inventory = Inventory.list(cluster, null);
    CoverageReport report =
        coverage.report(inventory, others.of(inventory));
    if (report.volumes().size() != volumes || !report.gaps().isEmpty()) {
      throw new IllegalStateException(
          report.volumes().size() + " of " + volumes + " volumes; " + report.gaps());
    }
  }

  private static void add(ObjectNode results, String name, double value) {
    ((ArrayNode) (results.has(name) ? results.get(name) : results.putArray(name)))
        .add(Math.round(value * 1000) / 1000.0);
  }

  private void seed(int volumes) throws Exception {
    if (rooms == 0) {
      written = fleet.once().size() + list();
      etcd.put(fleet.once());
    }
    for (; rooms * Fleet.IN_NAMESPACE < volumes; rooms++) {
      var room = fleet.room(rooms);
      etcd.put(room);
      written += room.size();
    }
    etcd.flush();
    long limit = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!shown()) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("the API server does not show what etcd holds");
      }
      Thread.sleep(500);
    }
  }

  /// The server lags behind what is written past it, and says so.
  private boolean shown() {
    try {
      return list() == written;
    } catch (ClusterException e) {
      return false;
    }
  }

  /// Calls that change something, of all but the server itself, by its log.
  private long writes() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> WRITE.matcher(line).find()).count();
    }
  }

  /// What an audit asks for.
  private long list() {
    long objects = 0;
    for (Kind kind : Kind.values()) {
      objects += tokens(kind.resource());
    }
    for (GroupVersionResource resource : others.resources()) {
      objects += tokens(resource);
    }
    return objects;
  }

  private long tokens(GroupVersionResource resource) {
    return cluster
        .listPlain(
            resource,
            null,
            at -> {
              at.skipChildren();
              return Boolean.TRUE;
            })
        .map(List::size)
        .orElse(0);
  }

  /// Milliseconds from a changed claim to the whole report with its new verdict.
  private double change(StandingAudit standing) throws Exception {
    ObjectReader reader = new ObjectReader();
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      JsonNode claim =
          cluster
              .listPlain(Kind.CLAIM.resource(), Fleet.namespace(i % rooms))
              .orElseThrow()
              .get(i);
      ((ObjectNode) claim.path("metadata"))
          .withObject("annotations")
          .put("muster.dev/protect", "perhaps");
      String name = claim.at("/metadata/name").asText();
      long start = System.nanoTime();
      standing.put(reader.read(Kind.CLAIM, claim));
      CoverageReport report = standing.report();
      times.add((System.nanoTime() - start) / 1e6);
      boolean told =
          report.volumes().stream()
              .anyMatch(l -> l.name().equals(name) && !l.problems().isEmpty());
      if (!told) {
        throw new IllegalStateException("the change of " + name + " is not in the report");
      }
    }
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private static Cost cost(Runnable work) {
    long start = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    work.run();
    return new Cost(
        (System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /// Of each figure.
  private static Cost median(List<Cost> costs) {
    return new Cost(
        costs.stream().map(Cost::seconds).sorted().toList().get(costs.size() / 2),
        costs.stream().map(Cost::cpu).sorted().toList().get(costs.size() / 2));
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
