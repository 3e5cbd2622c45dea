package dev.muster.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration.Admission;
import dev.muster.config.Configuration.CertificateMode;
import dev.muster.config.Configuration.Certificates;
import dev.muster.config.Configuration.Cluster;
import dev.muster.config.Configuration.Drills;
import dev.muster.config.Configuration.Enforcement;
import dev.muster.config.Configuration.Evidence;
import dev.muster.config.Configuration.Reports;
import dev.muster.config.Configuration.Runs;
import dev.muster.config.Configuration.Signing;
import dev.muster.config.Configuration.Store;
import dev.muster.config.Configuration.Waivers;
import dev.muster.model.Cron;
import dev.muster.model.DurationText;
import dev.muster.model.Plan;
import dev.muster.model.Problem;
import dev.muster.model.Retention;
import dev.muster.model.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `muster.yaml`. Unknown keys fail, and all problems are reported at once.
public final class ConfigurationReader {
  /// Each kept report is a whole one, and nothing deletes it.
  private static final Duration REPORTS_APART = Duration.ofMinutes(10);

  private final List<Problem> problems = new ArrayList<>();

  private ConfigurationReader() {}

  /// Throws [InvalidConfigurationException] with everything that is wrong, and
  /// [UncheckedIOException] if the file cannot be read.
  public static Configuration read(Path file) {
    try {
      return read(file.toString(), TextFile.read(file, TextFile.MEBIBYTE));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read the configuration " + file + ": " + e.getMessage(), e);
    }
  }

  /// Reads the text of a file; the name is for messages.
  public static Configuration read(String file, String yaml) {
    ConfigurationReader reader = new ConfigurationReader();
    Configuration configuration = reader.configuration(reader.tree(file, yaml));
    if (!reader.problems.isEmpty()) {
      throw new InvalidConfigurationException(file, reader.problems);
    }
    return configuration;
  }

  private JsonNode tree(String file, String yaml) {
    try {
      JsonNode tree = Yaml.tree(yaml);
      if (tree.isMissingNode() || tree.isNull() || tree.asText("").isBlank() && tree.isTextual()) {
        // A file that was cut to nothing must not mean all defaults.
        throw unreadable(file, "the file says nothing");
      }
      return tree;
    } catch (IOException e) {
      throw unreadable(file, "not YAML: " + Yaml.reason(e));
    }
  }

  private static InvalidConfigurationException unreadable(String file, String reason) {
    return new InvalidConfigurationException(
        file, List.of(new Problem("(file)", "", reason, "one YAML document without doubled keys")));
  }

  private Configuration configuration(JsonNode tree) {
    Node root = new Node("", tree, problems);
    Node cluster = root.child("cluster");
    Map<String, Store> stores = stores(root);
    Map<String, Plan> plans = plans(root, stores);
    Configuration configuration =
        new Configuration(
            new Cluster(
                cluster.text("name", Defaults.CLUSTER_NAME),
                cluster.text("id", Defaults.CLUSTER_ID)),
            root.text("namespace", Defaults.NAMESPACE),
            root.text("image", Defaults.IMAGE),
            defaultPlan(root, plans),
            plans,
            stores,
            root.texts("recipients", Keys::recipient),
            signing(root.child("signing")),
            drills(root.child("drills")),
            root.word("network-policies", Defaults.NETWORK_POLICIES),
            root.flag("healing", Defaults.HEALING),
            root.flag("backups", Defaults.BACKUPS),
            new Enforcement(root.child("enforcement").word("default", Defaults.LEVEL)),
            waivers(root.child("waivers")),
            ControlsReader.read(root.child("controls")),
            admission(root.child("admission")),
            runs(root.child("runs")),
            evidence(root.child("evidence")),
            reports(root.child("reports")),
            certificates(root.child("certificates")),
            root.parsed("profiles-dir", Keys::path));
    if (configuration.backups() && configuration.recipients().isEmpty() && !stores.isEmpty()) {
      root.problem("recipients", "", "backups need a recipient", "age public keys: age1...");
    }
    root.finish();
    return configuration;
  }

  private static String defaultPlan(Node root, Map<String, Plan> plans) {
    String name = root.text("default-plan", Defaults.PLAN);
    if (!plans.containsKey(name)) {
      root.problem("default-plan", name, "no such plan", String.join(", ", plans.keySet()));
    }
    return name;
  }

  private static Map<String, Plan> plans(Node root, Map<String, Store> stores) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    root.entries("plans").forEach((name, node) -> plans.put(name, plan(name, node, stores)));
    if (plans.isEmpty()) {
      Node nothing = new Node("plans." + Defaults.PLAN, Yaml.empty(), new ArrayList<>());
      plans.put(Defaults.PLAN, plan(Defaults.PLAN, nothing, stores));
    }
    return plans;
  }

  private static Plan plan(String name, Node node, Map<String, Store> stores) {
    List<String> names = node.texts("stores", text -> Keys.oneOf(text, stores.keySet(), "store"));
    return new Plan(
        name,
        node.word("method", Defaults.METHOD),
        node.parsed("schedule", Defaults.SCHEDULE, Cron::parse),
        node.parsed("time-zone", Defaults.TIME_ZONE, Keys::zone),
        node.parsed("window", Window::parse),
        node.parsed("rpo", Defaults.RPO, DurationText::parse),
        node.parsed("rto", Defaults.RTO, DurationText::parse),
        node.parsed("retention", Defaults.RETENTION, Retention::parse),
        names.isEmpty() ? stores.keySet().stream().limit(1).toList() : names,
        scheduled(node, "drill", Defaults.DRILL),
        node.word("drill-select", Defaults.DRILL_SELECT),
        node.word("consistency", Defaults.CONSISTENCY));
  }

  private static Optional<Cron> scheduled(Node node, String key, Cron otherwise) {
    if (node.text(key, "").equals("off")) {
      return Optional.empty();
    }
    return Optional.of(node.parsed(key, otherwise, Cron::parse));
  }

  private static Map<String, Store> stores(Node root) {
    Map<String, Store> stores = new LinkedHashMap<>();
    root.entries("stores").forEach((name, node) -> stores.put(name, store(name, node)));
    return stores;
  }

  private static Store store(String name, Node node) {
    var unused = node.parsed("type", text -> Keys.oneOf(text, java.util.Set.of("s3"), "type"));
    node.required("endpoint", Keys.ENDPOINT);
    return new Store(
        name,
        node.parsed("endpoint", Keys.NOWHERE, Keys::endpoint),
        node.text("region", Defaults.REGION),
        node.required("bucket", "the name of the bucket"),
        node.flag("path-style", Defaults.PATH_STYLE),
        node.parsed("ca-file", Keys::path),
        node.parsed("credentials-dir", Keys::path));
  }

  private static Signing signing(Node node) {
    return new Signing(
        node.parsed("key-file", Keys::path), node.texts("public-keys", Keys::publicKey));
  }

  private static Drills drills(Node node) {
    return new Drills(
        node.parsed("identity-file", Keys::path),
        node.number("parallel", Defaults.DRILL_PARALLEL, 1, 100));
  }

  private static Waivers waivers(Node node) {
    return new Waivers(
        node.number("max-days", Defaults.WAIVER_DAYS, 1, 3660), node.texts("approved"));
  }

  private static Admission admission(Node node) {
    List<String> kinds = node.texts("operator-kinds");
    return new Admission(
        node.text("restore-label", Defaults.RESTORE_LABEL),
        node.texts("restore-users"),
        node.empty("operator-kinds") ? Defaults.OPERATOR_KINDS : kinds,
        node.flag("velero-hooks", Defaults.VELERO_HOOKS));
  }

  private static Runs runs(Node node) {
    return new Runs(
        node.parsed("deadline", Defaults.RUN_DEADLINE, DurationText::parse),
        node.number("parallel", Defaults.RUN_PARALLEL, 1, 1000),
        node.number("attempts", Defaults.RUN_ATTEMPTS, 1, 100));
  }

  private static Evidence evidence(Node node) {
    return new Evidence(
        node.text("k8up-annotation", Defaults.K8UP_ANNOTATION),
        node.flag("k8up-only-annotated", Defaults.K8UP_ONLY_ANNOTATED),
        node.text("zalando-cluster-label", Defaults.ZALANDO_CLUSTER_LABEL),
        node.texts("backup-commands"));
  }

  private static Reports reports(Node node) {
    Optional<Cron> schedule = scheduled(node, "schedule", Defaults.REPORT_SCHEDULE);
    schedule
        .filter(cron -> cron.closerThan(REPORTS_APART))
        .ifPresent(cron ->
            node.problem(
                "schedule",
                cron.toString(),
                "reports would be kept more often than every 10 minutes",
                "a cron expression whose slots are 10 minutes apart or more such as \"H * * * *\", or"
                    + " off"));
    return new Reports(
        node.flag("objects", Defaults.REPORT_OBJECTS),
        schedule,
        node.flag("workload-metrics", Defaults.WORKLOAD_METRICS));
  }

  private static Certificates certificates(Node node) {
    CertificateMode mode = node.word("mode", Defaults.CERTIFICATE_MODE);
    if (mode != CertificateMode.SELF_MANAGED) {
      return new Certificates(mode, node.required("secret", "the name of the Secret"));
    }
    String other = node.text("secret", "");
    if (!other.isEmpty()) {
      node.problem("secret", other, "not used by self-managed", "no name, or mode: secret");
    }
    return new Certificates(mode, Defaults.SERVING_SECRET);
  }
}
