package dev.muster.cli;

import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.report.Sources;
import dev.muster.auditor.saved.SavedInventory;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Where an audit looks: at a cluster and its store, at what was saved of one, or at manifests
/// before they reach one.
final class AuditSource {
  private final InstantSource clock = InstantSource.system();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..1",
      description =
          "A file or folder of manifests, - for those that are piped in, or a file of muster"
              + " inventory. Without: the cluster.")
  private @Nullable String path;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only this namespace; with manifests that of those that name none.")
  private @Nullable String namespace;

  @Option(names = "--no-store", description = "Do not look at recovery points.")
  private boolean noStore;

  /// What was found, and who judges it.
  ///
  /// @param ahead whether nothing is deployed yet
  record Opened(
      Coverage coverage, Inventory inventory, Findings others, Sources sources, boolean ahead) {}

  boolean withoutStore() {
    return noStore;
  }

  /// Asks no cluster about files.
  Session session(Session opened) {
    if (path == null) {
      opened.orDefaults();
    } else {
      opened.offline();
    }
    return opened;
  }

  Opened open(Session session, PolicyInForce inForce) {
    if (path == null) {
      return live(session, inForce);
    }
    Optional<SavedInventory> saved = SavedFiles.find(path);
    return saved.isPresent()
        ? saved(session, inForce, saved.get())
        : manifests(session, inForce, path);
  }

  private Opened manifests(Session session, PolicyInForce inForce, String path) {
    AuditedManifests manifests =
        AuditedManifests.of(path, namespace == null ? "default" : namespace);
    return new Opened(
        Coverage.ahead(session.configuration(), session.profiles(), inForce, clock),
        manifests.inventory(),
        Findings.none(),
        manifests.sources(),
        true);
  }

  private Opened live(Session session, PolicyInForce inForce) {
    ClusterLook look = ClusterLook.at(session, namespace, clock);
    Coverage coverage = coverage(session, inForce, session.clusterUid(), clock);
    return new Opened(coverage, look.inventory(), look.others(), Sources.none(), false);
  }

  /// Judged as of then.
  private Opened saved(Session session, PolicyInForce inForce, SavedInventory saved) {
    if (namespace != null) {
      throw new BadInput(
          "--namespace: " + path + " is a saved inventory: save only that namespace");
    }
    SavedInventory.Header header = saved.header();
    Coverage coverage =
        coverage(session, inForce, header.clusterUid(), InstantSource.fixed(header.at()));
    return new Opened(coverage, saved.inventory(), saved.findings(), Sources.none(), false);
  }

  private Coverage coverage(
      Session session, PolicyInForce inForce, String clusterUid, InstantSource now) {
    return Coverage.of(
        session.configuration(),
        session.profiles(),
        inForce,
        clusterUid,
        store(session),
        session.pinned(),
        now);
  }

  /// Without a credential there is still something to say, and what is not known is told so.
  private Optional<BackupStore> store(Session session) {
    if (noStore) {
      return Optional.empty();
    }
    if (session.byDefaults()) {
      tell(
          "no configuration of Muster is known, so no store is looked at and no plan is known;"
              + " --config names a muster.yaml");
      return Optional.empty();
    }
    try {
      return Optional.of(session.store());
    } catch (BadInput e) {
      tell("recovery points were not looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private void tell(String what) {
    spec.commandLine().getErr().println("muster: " + what);
  }
}
