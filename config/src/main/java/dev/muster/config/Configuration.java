package dev.muster.config;

import dev.muster.model.ContractVocabulary;
import dev.muster.model.Cron;
import dev.muster.model.Plan;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// `muster.yaml`: everything that the administrator decides. Read by [ConfigurationReader].
///
/// @param plans by name
/// @param stores by name
/// @param recipients age public keys (`age1…`)
/// @param networkPolicies what to do about networks that would block a run Pod
/// @param healing whether the auditor may set annotations
/// @param backups whether the auditor may run backups
/// @param profilesDir a folder of engine profiles that replace the built-in ones by name
public record Configuration(
    Cluster cluster,
    String namespace,
    String image,
    String defaultPlan,
    Map<String, Plan> plans,
    Map<String, Store> stores,
    List<String> recipients,
    Signing signing,
    Drills drills,
    NetworkPolicies networkPolicies,
    boolean healing,
    boolean backups,
    Enforcement enforcement,
    Waivers waivers,
    Controls controls,
    Admission admission,
    Runs runs,
    Evidence evidence,
    Reports reports,
    Certificates certificates,
    Optional<Path> profilesDir) {

  private static final Set<String> SYSTEM = Set.of("kube-system", "kube-node-lease");

  public Configuration {
    plans = Map.copyOf(plans);
    stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
    recipients = List.copyOf(recipients);
  }

  /// The first in the order of the file: where points, journal and evidence are.
  public Optional<Store> primaryStore() {
    return stores.values().stream().findFirst();
  }

  /// Whether nothing is judged in a namespace, whoever asks: it is our own or Kubernetes' own. The
  /// chart's selectors name the same.
  public boolean untouched(String name) {
    return name.equals(namespace) || SYSTEM.contains(name);
  }

  /// The names that annotations may refer to.
  public ContractVocabulary vocabulary(EngineProfiles profiles) {
    return new ContractVocabulary(
        plans,
        Optional.of(defaultPlan),
        stores.keySet(),
        profiles.names(),
        profiles.hooks().names(),
        Set.of());
  }

  /// @param id empty means the uid of the namespace kube-system
  public record Cluster(String name, String id) {}

  /// An S3 bucket. Credentials come from the environment or from files of `credentialsDir`, whose
  /// names are those of the environment variables.
  public record Store(
      String name,
      URI endpoint,
      String region,
      String bucket,
      boolean pathStyle,
      Optional<Path> caFile,
      Optional<Path> credentialsDir) {}

  /// @param keyFile PKCS8 PEM of the Ed25519 private key; needed only by who signs
  /// @param publicKeys base64 of raw Ed25519 public keys; manifests by any other are refused
  public record Signing(Optional<Path> keyFile, List<String> publicKeys) {
    public Signing {
      publicKeys = List.copyOf(publicKeys);
    }
  }

  /// @param parallel at most this many drills at a time
  public record Drills(Optional<Path> identityFile, int parallel) {}

  public enum NetworkPolicies {
    CREATE,
    PRINT,
    OFF
  }

  public record Enforcement(Level defaultLevel) {}

  public enum Level {
    AUDIT,
    WARN,
    ENFORCE;

    /// The label by which a namespace asks for one.
    public static final String LABEL = "muster.dev/enforce";

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// By its word; empty for any other.
    public static Optional<Level> of(String word) {
      return Arrays.stream(values()).filter(level -> level.word().equals(word)).findFirst();
    }
  }

  /// @param approved patterns over namespace and name (`shop/cache-*`) whose waivers count
  public record Waivers(int maxDays, List<String> approved) {
    public Waivers {
      approved = List.copyOf(approved);
    }
  }

  /// @param restoreLabel the label that marks objects recreated by a restore
  /// @param restoreUsers the users or groups that may use it; a label alone is anybody's
  /// @param operatorKinds kinds of owners whose workloads are left alone; `*` means any owner
  /// @param veleroHooks whether Pods also get Velero's hook annotations
  public record Admission(
      String restoreLabel,
      List<String> restoreUsers,
      List<String> operatorKinds,
      boolean veleroHooks) {
    /// With a dot, and none of `k8s.io`, which is reserved. The chart's match condition says the
    /// same.
    private static final Pattern FOREIGN_GROUP =
        Pattern.compile("(?!([^/]*\\.)?k8s\\.io/)[^/]*\\.[^/]*/.*");

    public Admission {
      restoreUsers = List.copyOf(restoreUsers);
      operatorKinds = List.copyOf(operatorKinds);
    }

    /// Whether an owner, which is the controller, looks after its objects by itself. Whatever is of
    /// Kubernetes' own groups does not: anybody may name a ConfigMap as controller.
    public boolean operator(String apiVersion, String kind) {
      return operatorKinds.contains(kind)
          || (operatorKinds.contains("*") && FOREIGN_GROUP.matcher(apiVersion).matches());
    }
  }

  /// @param deadline after which a backup Job is ended
  /// @param parallel at most this many backup Jobs at a time
  public record Runs(java.time.Duration deadline, int parallel, int attempts) {}

  /// What other backup tools let their users rename, and what only their users know.
  ///
  /// @param k8upAnnotation by which a claim is left out (K8up's `BACKUP_ANNOTATION`)
  /// @param k8upOnlyAnnotated whether K8up takes none but claims with the annotation
  ///   (`BACKUP_SKIP_WITHOUT_ANNOTATION`)
  /// @param zalandoClusterLabel that names a claim's cluster (`cluster_name_label`)
  /// @param backupCommands more commands and images of CronJobs that back up
  public record Evidence(
      String k8upAnnotation,
      boolean k8upOnlyAnnotated,
      String zalandoClusterLabel,
      List<String> backupCommands) {
    public Evidence {
      backupCommands = List.copyOf(backupCommands);
    }
  }

  /// @param objects whether the audit is told in Reports or PolicyReports of the cluster
  /// @param schedule in UTC, when a report is kept in the store; empty for never
  /// @param workloadMetrics whether `/metrics` names namespaces and workloads
  public record Reports(boolean objects, Optional<Cron> schedule, boolean workloadMetrics) {}

  /// Whose the servers' certificate is.
  ///
  /// @param secret of Muster's namespace, with `tls.crt` and `tls.key`, and `ca.crt` where not
  ///   Muster itself keeps it
  public record Certificates(CertificateMode mode, String secret) {
    /// Where it is and who keeps it, for people.
    public String kept(String namespace) {
      String where = "Secret " + namespace + "/" + secret;
      return switch (mode) {
        case SELF_MANAGED -> where + " and ConfigMap muster-trust, kept by the auditor";
        case CERT_MANAGER -> where + ", kept by cert-manager as Certificate muster-serving";
        case SECRET -> where;
      };
    }
  }

  public enum CertificateMode {
    /// The auditor issues and rotates it, with an authority of its own.
    SELF_MANAGED,
    /// cert-manager keeps the Secret, its cainjector the `caBundle`.
    CERT_MANAGER,
    /// The administrator keeps the Secret, the auditor the `caBundle`.
    SECRET
  }
}
