package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.cluster.Cluster;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Where an audit looks: at a cluster and its store, or at manifests before they reach one.
final class AuditSource {
  private final InstantSource clock = InstantSource.system();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A file or folder of manifests, or - for what is piped in. Without: the cluster.")
  private @Nullable String path;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace; with PATH that of manifests that name none.")
  private @Nullable String namespace;

  @Option(names = "--no-store", description = "Do not look at recovery points.")
  private boolean noStore;

  /// What was found, and who judges it.
  record Opened(Coverage coverage, Inventory inventory, Findings others) {}

  /// Whether nothing is deployed yet.
  boolean ahead() {
    return path != null;
  }

  /// Asks no cluster about manifests.
  Session session(Session opened) {
    if (ahead()) {
      opened.offline();
    }
    return opened;
  }

  Opened open(Session session, PolicyInForce inForce) {
    return path == null ? live(session, inForce) : manifests(session, inForce, path);
  }

  private Opened manifests(Session session, PolicyInForce inForce, String path) {
    return new Opened(
        Coverage.ahead(session.configuration(), session.profiles(), inForce, clock),
        AuditedManifests.of(path, namespace == null ? "default" : namespace),
        Findings.none());
  }

  private Opened live(Session session, PolicyInForce inForce) {
    Cluster cluster = session.cluster();
    String only =
        namespace == null ? null : NamespaceName.in(cluster, namespace).getMetadata().getName();
    Coverage coverage =
        Coverage.of(
            session.configuration(),
            session.profiles(),
            inForce,
            session.clusterUid(),
            store(session),
            session.pinned(),
            clock);
    Inventory inventory = Inventory.list(cluster, only);
    OtherTools others = new OtherTools(cluster, session.configuration().evidence(), clock);
    return new Opened(coverage, inventory, others.of(inventory));
  }

  /// Without a credential there is still something to say, and what is not known is told so.
  private Optional<BackupStore> store(Session session) {
    if (noStore) {
      return Optional.empty();
    }
    try {
      return Optional.of(session.store());
    } catch (BadInput e) {
      spec.commandLine()
          .getErr()
          .println("muster: recovery points were not looked at: " + e.getMessage());
      return Optional.empty();
    }
  }
}
