package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.Level;
import dev.muster.config.EngineProfiles;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.UserKeys;
import dev.muster.model.WorkloadRef;
import dev.muster.policies.AdmissionQuestion;
import java.time.LocalDate;
import java.util.Map;

/// Reduces a review to what the policy is asked about.
final class Projection {
  private final ContractReader reader;
  private final AdmissionQuestion question;

  Projection(Configuration configuration, EngineProfiles profiles) {
    this.reader = new ContractReader(configuration.vocabulary(profiles));
    this.question = new AdmissionQuestion(configuration, profiles);
  }

  /// @throws java.util.NoSuchElementException for a review without an object
  ObjectNode of(Review review, Stage stage, Level level, LocalDate today) {
    var said = UserKeys.of(review.annotations());
    return question.of(
        new AdmissionQuestion.About(
            stage.word(),
            level,
            review.operation(),
            review.kind(),
            review.namespace(),
            review.nameOrPrefix(),
            review.object().orElseThrow(),
            said,
            read(review, said)),
        today);
  }

  private ContractReading read(Review review, Map<String, String> said) {
    var workload = new WorkloadRef(review.kind(), review.namespace(), review.nameOrPrefix(), "");
    var sources =
        review.kind().equals("PersistentVolumeClaim")
            ? new ContractSources(Map.of(), Map.of(), said)
            : ContractSources.ofWorkload(said);
    return reader.read(workload, sources);
  }
}
