package dev.muster.auditor.coverage;

import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.auditor.inventory.Room;
import dev.muster.config.Configuration;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReader;
import dev.muster.policies.PolicyEngine;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.VerifyingKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Judges every volume of an inventory. Works in the cluster and from outside of it, with or
/// without a store, and also on manifests that have reached no cluster yet. For one thread at a
/// time.
public final class Coverage {

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

  private final ContractReader contracts;
  private final PolicyRecognition engines;
  private final Optional<EvidenceReader> evidence;
  private final boolean ahead;
  private final Verdicts verdicts;
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
    this.contracts = new ContractReader(configuration.vocabulary(profiles));
    this.engines = new PolicyRecognition(policy, configuration, profiles, clock);
    this.evidence = evidence;
    this.ahead = ahead;
    this.verdicts = new Verdicts(policy);
    this.judge = new Judge(verdicts, configuration);
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
    Round round = round(inventory, others);
    List<List<CoverageReport.Line>> lines = new ArrayList<>();
    rooms(inventory, round).forEach(room -> lines.add(lines(room, round)));
    return report(inventory, round, lines);
  }

  /// @param at the moment that ages are told by
  /// @param storeRead whether recovery points could be looked at
  public record Look(Instant at, boolean storeRead) {}

  /// What is known of every volume, for who asks something else than the verdict.
  ///
  /// @param others what other tools say of the same cluster
  public Look look(Inventory inventory, Findings others, Consumer<VolumeSight> consumer) {
    Round round = round(inventory, others);
    for (Room room : rooms(inventory, round)) {
      RoomContracts asked = new RoomContracts(room, contracts, engines);
      for (Subject subject : subjects(room, asked, round)) {
        consumer.accept(judge.sight(subject, asked, round));
      }
    }
    return new Look(round.now(), round.store().read());
  }

  Round round(Inventory inventory, Findings others) {
    verdicts.begin();
    return new Round(
        ahead ? StoreSight.ahead() : StoreSight.of(evidence),
        others,
        others.hidesPoints() || inventory.evidenceGap(),
        clock.instant());
  }

  /// Every namespace that has something to be judged.
  Collection<Room> rooms(Inventory inventory, Round round) {
    return Databases.rooms(inventory, round.others());
  }

  private static List<Subject> subjects(Room room, RoomContracts asked, Round round) {
    List<Subject> volumes = Subjects.of(room, asked);
    List<Subject> databases = Databases.of(room, round.others());
    return databases.isEmpty()
        ? volumes
        : Stream.concat(volumes.stream(), databases.stream()).toList();
  }

  /// Of one namespace, by name.
  List<CoverageReport.Line> lines(Room room, Round round) {
    RoomContracts asked = new RoomContracts(room, contracts, engines);
    List<CoverageReport.Line> lines = new ArrayList<>();
    for (Subject subject : subjects(room, asked, round)) {
      lines.add(judge.line(subject, asked, round));
    }
    lines.sort(Comparator.comparing(CoverageReport.Line::name));
    return lines;
  }

  /// @param lines of each namespace, in their order
  CoverageReport report(Inventory inventory, Round round, List<List<CoverageReport.Line>> lines) {
    Map<Integer, List<CoverageReport.Line>> ranks = new TreeMap<>();
    for (List<CoverageReport.Line> room : lines) {
      for (CoverageReport.Line line : room) {
        ranks
            .computeIfAbsent(WORST_FIRST.indexOf(line.verdict()), added -> new ArrayList<>())
            .add(line);
      }
    }
    return new CoverageReport(
        clusterName,
        round.now(),
        round.store().read(),
        ranks.values().stream().flatMap(List::stream).toList(),
        Stream.concat(inventory.gaps().stream(), round.others().gaps().stream()).toList());
  }
}
