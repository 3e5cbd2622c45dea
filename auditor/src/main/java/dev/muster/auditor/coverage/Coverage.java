package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.Effective;
import dev.muster.auditor.contract.Inventory;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.contract.Workload;
import dev.muster.auditor.evidence.Findings;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReader;
import dev.muster.model.WorkloadKey;
import dev.muster.policies.PolicyEngine;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.StoreException;
import dev.muster.repository.VerifyingKey;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Judges every volume of an inventory. Works in the cluster and from outside of it, with or
/// without a store, and also on manifests that have reached no cluster yet.
public final class Coverage {

  private static final Logger log = LoggerFactory.getLogger(Coverage.class);

  /// All verdicts.
  public static final List<String> WORST_FIRST =
      List.of(
          "Unknown",
          "Unprotected",
          "Failing",
          "Stale",
          "IntentOnly",
          "Waived",
          "Sealed",
          "Verified",
          "Proven",
          "Excluded");

  private final Contracts contracts;
  private final Optional<EvidenceReader> evidence;
  private final boolean ahead;
  private final Judge judge;
  private final InstantSource clock;
  private final String clusterName;

  private Coverage(
      Configuration configuration,
      EngineProfiles profiles,
      PolicyEngine policy,
      Optional<EvidenceReader> evidence,
      boolean ahead,
      InstantSource clock) {
    this.contracts =
        new Contracts(
            new ContractReader(configuration.vocabulary(profiles)),
            new PolicyRecognition(policy, configuration, profiles, clock));
    this.evidence = evidence;
    this.ahead = ahead;
    this.judge = new Judge(policy, configuration);
    this.clock = clock;
    this.clusterName = configuration.cluster().name();
  }

  /// @param store read only; empty where none is at hand
  /// @param pinned the keys whose manifests and evidence are believed
  public static Coverage of(
      Configuration configuration,
      EngineProfiles profiles,
      PolicyEngine policy,
      String clusterUid,
      Optional<BackupStore> store,
      List<VerifyingKey> pinned,
      InstantSource clock) {
    return new Coverage(
        configuration,
        profiles,
        policy,
        store.map(some -> new EvidenceReader(some, new Keys(clusterUid), pinned)),
        false,
        clock);
  }

  /// Judges what has reached no cluster yet, so that there can be no recovery point: what asks for
  /// protection has only that.
  public static Coverage ahead(
      Configuration configuration,
      EngineProfiles profiles,
      PolicyEngine policy,
      InstantSource clock) {
    return new Coverage(configuration, profiles, policy, Optional.empty(), true, clock);
  }

  /// The verdicts, worst first. A store that fails makes verdicts `Unknown`, it throws nothing.
  ///
  /// @param others what other tools say of the same cluster
  public CoverageReport report(Inventory inventory, Findings others) {
    Instant now = clock.instant();
    Map<WorkloadKey, Effective> effective = new HashMap<>();
    for (Workload workload : inventory.workloads()) {
      effective.put(
          workload.ref().key(),
          contracts.of(workload, inventory.namespaceAnnotations(workload.ref().namespace())));
    }
    List<Subject> subjects =
        new Subjects(inventory, (workload, mount) -> holdsData(effective, workload, mount)).all();
    Optional<EvidenceReader.Statements> statements = statements();
    List<CoverageReport.Line> lines = new ArrayList<>();
    Map<WorkloadKey, Optional<WorkloadEvidence>> read = new HashMap<>();
    for (Subject subject : subjects) {
      Optional<Effective> owner = subject.workload().map(w -> effective.get(w.ref().key()));
      Optional<WorkloadEvidence> facts =
          subject
              .workload()
              .map(w -> read.computeIfAbsent(w.ref().key(), key -> evidence(key, statements)))
              .orElse(statements.map(s -> WorkloadEvidence.NONE));
      lines.add(
          judge.line(
              subject,
              owner,
              inventory.namespaceAnnotations(subject.volume().namespace()),
              contracts,
              facts,
              others,
              now));
    }
    lines.sort(
        Comparator.<CoverageReport.Line>comparingInt(l -> WORST_FIRST.indexOf(l.verdict()))
            .thenComparing(CoverageReport.Line::namespace)
            .thenComparing(CoverageReport.Line::name));
    return new CoverageReport(clusterName, now, statements.isPresent(), lines, others.gaps());
  }

  private static boolean holdsData(
      Map<WorkloadKey, Effective> effective, Workload workload, VolumeMount mount) {
    return Optional.ofNullable(effective.get(workload.ref().key()))
        .flatMap(Effective::engine)
        .filter(engine -> DataDirectory.at(engine, mount.getMountPath()))
        .isPresent();
  }

  private Optional<EvidenceReader.Statements> statements() {
    try {
      return evidence.map(EvidenceReader::statements);
    } catch (StoreException e) {
      log.error("the evidence was not read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<WorkloadEvidence> evidence(
      WorkloadKey key, Optional<EvidenceReader.Statements> statements) {
    if (ahead) {
      return Optional.of(WorkloadEvidence.NONE);
    }
    if (evidence.isEmpty() || statements.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(evidence.get().of(key.value(), statements.get()));
    } catch (StoreException e) {
      log.error("the points of {} were not read: {}", key, e.getMessage());
      return Optional.empty();
    }
  }
}
