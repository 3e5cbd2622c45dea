package dev.muster.policies;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Asks one entrypoint once for equal questions, and keeps the answers for as long as the policy is
/// the same: of a hundred thousand volumes most are like another. Safe for many threads.
public final class PolicyMemo<Q, A> {
  private static final int MOST = 50_000;

  private final PolicyEngine policy;
  private final String entrypoint;
  private final Function<Q, JsonNode> input;
  private final BiFunction<Q, JsonNode, A> answer;
  private volatile Kept<Q, A> kept = new Kept<>("", new ConcurrentHashMap<>());

  /// What one policy said.
  private record Kept<Q, A>(String digest, Map<Q, A> answers) {}

  /// @param answer reads what the policy said of a question
  public PolicyMemo(
      PolicyEngine policy,
      String entrypoint,
      Function<Q, JsonNode> input,
      BiFunction<Q, JsonNode, A> answer) {
    this.policy = policy;
    this.entrypoint = entrypoint;
    this.input = input;
    this.answer = answer;
  }

  /// Forgets the answers of another policy. To be called before questions whose answers belong
  /// together.
  public PolicyMemo<Q, A> begin() {
    String digest = policy.digest();
    if (!kept.digest().equals(digest) || kept.answers().size() > MOST) {
      kept = new Kept<>(digest, new ConcurrentHashMap<>());
    }
    return this;
  }

  /// @param broken what holds where the policy gave no answer, with the reason; it is asked again
  ///   the next time
  public A of(Q question, Function<String, A> broken) {
    Map<Q, A> answers = kept.answers();
    A before = answers.get(question);
    if (before != null) {
      return before;
    }
    return switch (policy.evaluate(entrypoint, input.apply(question))) {
      case PolicyOutcome.Decided(var value) -> {
        A said = answer.apply(question, value);
        answers.put(question, said);
        yield said;
      }
      case PolicyOutcome.Broken(var reason) -> broken.apply(reason);
    };
  }
}
