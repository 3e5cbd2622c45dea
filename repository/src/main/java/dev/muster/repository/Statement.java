package dev.muster.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One piece of evidence: an in-toto statement whose predicate carries its place in the chain.
public record Statement(
    @JsonProperty("_type") String type,
    List<Subject> subject,
    String predicateType,
    Predicate predicate) {

  /// The in-toto statement type.
  public static final String TYPE = "https://in-toto.io/Statement/v1";

  public Statement {
    subject = List.copyOf(subject);
  }

  /// What the statement is about: a manifest's key and digest (`sha256`).
  public record Subject(String name, Map<String, String> digest) {
    public Subject {
      digest = Map.copyOf(digest);
    }
  }

  /// Place, time and content. `previous` is the SHA-256 of the previous stored envelope.
  public record Predicate(Link chain, Instant recordedAt, JsonNode result) {}

  /// A place in the chain; the first has sequence 1 and no previous.
  public record Link(long sequence, @Nullable String previous) {}
}
