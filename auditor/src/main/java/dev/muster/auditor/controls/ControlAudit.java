package dev.muster.auditor.controls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.coverage.VolumeSight;
import dev.muster.auditor.evidence.Findings;
import dev.muster.auditor.inventory.Inventory;
import dev.muster.config.Configuration;
import dev.muster.config.ControlParameters;
import dev.muster.config.Controls;
import dev.muster.policies.PolicyEngine;
import dev.muster.policies.PolicyException;
import dev.muster.policies.PolicyMemo;
import dev.muster.policies.PolicyOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Asks every control of every volume. For one thread at a time.
public final class ControlAudit {
  private static final String ENTRYPOINT = "muster/controls";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final PolicyEngine policy;
  private final Controls demanded;
  private final String clusterName;
  private final FactsOfSight facts;
  private final PolicyMemo<ControlFacts, List<ControlResult>> memo;

  public ControlAudit(PolicyEngine policy, Configuration configuration) {
    this.policy = policy;
    this.demanded = configuration.controls();
    this.clusterName = configuration.cluster().name();
    this.facts = new FactsOfSight(configuration);
    this.memo =
        new PolicyMemo<>(
            policy, ENTRYPOINT, JSON::valueToTree, (question, answer) -> ControlResult.all(answer));
  }

  /// Throws [PolicyException] where the policy has no controls. A volume that it gives no answer
  /// about is evaluated by none.
  ///
  /// @param others what other tools say of the same cluster
  public ControlReport report(Coverage coverage, Inventory inventory, Findings others) {
    memo.begin();
    List<ControlResult> none = ofNothing();
    Map<String, Tally> tallies = new LinkedHashMap<>();
    none.forEach(each -> tallies.put(each.id(), new Tally(each.id())));
    Coverage.Look look =
        coverage.look(
            inventory, others, sight -> of(sight, none).forEach(each -> add(tallies, sight, each)));
    return new ControlReport(
        clusterName,
        look.at(),
        look.storeRead(),
        tallies.values().stream().map(Tally::control).toList(),
        Stream.concat(inventory.gaps().stream(), others.gaps().stream()).toList());
  }

  private static void add(Map<String, Tally> tallies, VolumeSight sight, ControlResult result) {
    tallies.computeIfAbsent(result.id(), Tally::new).add(sight, result);
  }

  private List<ControlResult> of(VolumeSight sight, List<ControlResult> none) {
    ControlParameters parameters =
        demanded.of(sight.volume().namespace(), sight.namespaceLabels(), sight.workloadLabels());
    return memo.of(
        facts.of(sight, parameters),
        reason -> none.stream().map(each -> each.broken(reason)).toList());
  }

  /// Which controls there are: each answers about nothing as well.
  private List<ControlResult> ofNothing() {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    return switch (policy.evaluate(ENTRYPOINT, nothing)) {
      case PolicyOutcome.Decided(var answer) -> ControlResult.all(answer);
      case PolicyOutcome.Broken(var reason) ->
          throw new PolicyException("the policy has no controls: " + reason);
    };
  }
}
