package dev.muster.auditor.saved;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Facts;
import dev.muster.auditor.inventory.NamespaceFacts;
import dev.muster.auditor.inventory.PodFacts;
import dev.muster.auditor.inventory.ServiceFacts;
import dev.muster.auditor.inventory.VolumeFacts;
import dev.muster.auditor.inventory.WorkloadFacts;

/// JSON, one object to a line: the header; facts, findings and what is missing, each as `{"what":
/// {...}}`; and `{"end": {"lines": 17}}`, without which a file was cut.
final class SavedFormat {
  static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .addMixIn(Facts.class, FactsByName.class)
          .addMixIn(Found.class, FoundByName.class)
          .build();

  private SavedFormat() {}

  /// Whatever follows the header.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonSubTypes({
    @Type(value = Line.Of.class, name = "object"),
    @Type(value = Line.Says.class, name = "found"),
    @Type(value = Line.Missing.class, name = "missing"),
    @Type(value = Line.End.class, name = "end"),
  })
  sealed interface Line {
    record Of(Facts facts) implements Line {}

    record Says(Found found) implements Line {}

    /// @param evidence whether tools name the volumes that they have by it
    record Missing(String gap, boolean evidence) implements Line {}

    record End(long lines) implements Line {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonSubTypes({
    @Type(value = NamespaceFacts.class, name = "namespace"),
    @Type(value = ClaimFacts.class, name = "claim"),
    @Type(value = VolumeFacts.class, name = "volume"),
    @Type(value = PodFacts.class, name = "pod"),
    @Type(value = WorkloadFacts.class, name = "workload"),
    @Type(value = ServiceFacts.class, name = "service"),
  })
  private interface FactsByName {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
  @JsonSubTypes({
    @Type(value = Found.Point.class, name = "point"),
    @Type(value = Found.Failure.class, name = "failure"),
    @Type(value = Found.Meant.class, name = "intent"),
    @Type(value = Found.Database.class, name = "database"),
    @Type(value = Found.Gap.class, name = "gap"),
    @Type(value = Found.DatabaseGap.class, name = "database-gap"),
  })
  private interface FoundByName {}
}
