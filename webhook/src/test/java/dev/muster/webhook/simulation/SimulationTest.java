package dev.muster.webhook.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfilesReader;
import dev.muster.model.Managed;
import dev.muster.policies.WasmPolicyEngine;
import dev.muster.webhook.admission.Admission;
import dev.muster.webhook.admission.Reviews;
import dev.muster.webhook.simulation.Simulated.Decision;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final WasmPolicyEngine POLICY =
      WasmPolicyEngine.builtIn(1, Duration.ofSeconds(10));

  private final Simulation simulation =
      new Simulation(
          new Admission(
              Reviews.configuration(), EngineProfilesReader.read(Optional.empty()), POLICY),
          LocalDate.parse("2026-11-01"));

  @AfterAll
  static void close() {
    POLICY.close();
  }

  @Test
  void newStatefulSetIsPatchedWithWhatTheWebhookWouldSet() throws Exception {
    Simulated simulated = simulation.create(database(""), Level.WARN);

    assertThat(simulated.decision()).isEqualTo(Decision.PATCHED);
    assertThat(simulated.set())
        .containsEntry("muster.dev/plan", "standard")
        .containsEntry("muster.dev/engine", "postgresql");
    assertThat(simulated.restarts()).isFalse();
  }

  @Test
  void whatWouldBeRefusedSaysWhyAndOnlyWhereItIsEnforced() throws Exception {
    JsonNode wrong = database("muster.dev/rpo: tomorrow");

    assertThat(simulation.create(wrong, Level.ENFORCE).decision()).isEqualTo(Decision.DENIED);
    assertThat(simulation.create(wrong, Level.ENFORCE).denial()).contains("muster.dev/rpo");
    assertThat(simulation.create(wrong, Level.WARN).decision()).isEqualTo(Decision.PATCHED);
    assertThat(simulation.create(wrong, Level.WARN).warnings()).anyMatch(w -> w.contains("rpo"));
  }

  @Test
  void objectThatIsAppliedAgainIsNotRestarted() throws Exception {
    Simulated simulated = simulation.update(database(""), Level.WARN);

    assertThat(simulated.decision()).isEqualTo(Decision.PATCHED);
    assertThat(simulated.restarts()).isFalse();
  }

  @Test
  void auditedNamespacesAndOtherKindsArePassed() throws Exception {
    JsonNode service = object("{apiVersion: v1, kind: Service, metadata: {name: s}}");

    assertThat(simulation.create(database(""), Level.AUDIT).decision()).isEqualTo(Decision.PASSED);
    assertThat(simulation.create(service, Level.WARN))
        .extracting(Simulated::decision, Simulated::set)
        .containsExactly(Decision.PASSED, Map.of());
  }

  @Test
  void explanationIsOfWhatOthersHaveSaidAlone() throws Exception {
    JsonNode fresh = database("muster.dev/rpo: 6h");
    Managed managed = Managed.none().with("muster.dev/plan", "gold");
    JsonNode written =
        database(
            "muster.dev/rpo: 6h, muster.dev/plan: gold, muster.dev/managed: '%s'"
                .formatted(managed.text()));

    Explanation explanation = simulation.explain(written, Level.WARN);

    assertThat(explanation).isEqualTo(simulation.explain(fresh, Level.WARN));
    assertThat(explanation.simulated().set()).containsEntry("muster.dev/plan", "standard");
    assertThat(explanation.asked().at("/said").toString()).isEqualTo("{\"muster.dev/rpo\":\"6h\"}");
    assertThat(explanation.answered().at("/recognised/reason").asText()).contains("postgres");
    assertThat(explanation.policy()).isEqualTo(POLICY.digest());
  }

  private static JsonNode database(String annotation) throws IOException {
    return object(
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop, annotations: {%s}}
        spec:
          template: {spec: {containers: [{name: db, image: "postgres:15"}]}}
          volumeClaimTemplates: [{metadata: {name: data}}]
        """
            .formatted(annotation));
  }

  private static JsonNode object(String text) throws IOException {
    return Manifests.read(text).getFirst();
  }
}
