package dev.muster.repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks a chain of evidence with nothing but its bytes, the pinned keys and, where there is one,
/// a head that was written down elsewhere. Needs no store and no cluster.
public final class EvidenceChain {

  private EvidenceChain() {}

  /// What checking came to.
  public sealed interface Result {

    /// Every statement is signed, in its place and none is missing up to `head`.
    record Intact(String head, List<Statement> statements) implements Result {}

    /// The chain is not to be believed from `sequence` on.
    record Broken(long sequence, String detail) implements Result {}
  }

  /// Checks envelopes in order. `anchor` (`<sequence>:<sha256>`) must be one of them if given.
  public static Result verify(
      List<byte[]> envelopes, List<VerifyingKey> pinned, Optional<String> anchor) {
    List<Statement> statements = new ArrayList<>();
    String previous = null;
    Instant last = Instant.MIN;
    boolean anchored = anchor.isEmpty();
    for (byte[] envelope : envelopes) {
      long sequence = statements.size() + 1L;
      Statement statement;
      switch (Envelope.verify(envelope, EvidenceLog.PAYLOAD_TYPE, pinned)) {
        case Envelope.Verification.Refused(var reason, var detail) -> {
          return new Result.Broken(sequence, reason + ": " + detail);
        }
        case Envelope.Verification.Genuine(var payload, _) -> statement = statement(payload);
      }
      Optional<String> wrong = wrong(statement, sequence, previous, last);
      if (wrong.isPresent() || statement == null) {
        return new Result.Broken(sequence, wrong.orElse("not a statement"));
      }
      statements.add(statement);
      last = statement.predicate().recordedAt();
      previous = Digests.sha256(envelope);
      anchored |= anchor.equals(Optional.of(sequence + ":" + previous));
    }
    return anchored
        ? new Result.Intact(
            statements.size() + ":" + (previous == null ? "" : previous), statements)
        : new Result.Broken(
            statements.size() + 1L, "the head " + anchor.get() + " kept elsewhere is not in it");
  }

  private static @Nullable Statement statement(byte[] payload) {
    try {
      return Json.decode(payload, Statement.class, "statement");
    } catch (MalformedException e) {
      return null;
    }
  }

  private static Optional<String> wrong(
      @Nullable Statement statement, long sequence, @Nullable String previous, Instant last) {
    if (statement == null
        || statement.predicate() == null
        || statement.predicate().chain() == null
        || statement.predicate().recordedAt() == null) {
      return Optional.of("not a statement of this chain");
    }
    Statement.Link link = statement.predicate().chain();
    if (link.sequence() != sequence) {
      return Optional.of("statement %d is at place %d".formatted(link.sequence(), sequence));
    }
    if (!java.util.Objects.equals(link.previous(), previous)) {
      return Optional.of("it follows another statement than the one before it");
    }
    return statement.predicate().recordedAt().isBefore(last)
        ? Optional.of("it is dated before the statement that it follows")
        : Optional.empty();
  }
}
