package dev.muster.webhook.admission;

import dev.muster.model.UserKeys;
import dev.muster.policies.AdmissionRuling;
import dev.muster.policies.AdmissionRuling.Message;
import dev.muster.webhook.patch.Patch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the validating stage makes of a ruling: faults deny the request that brings them. On UPDATE
/// an old fault must not stand in the way of a change of something else, and is only told.
final class Denials {
  private Denials() {}

  static Outcome of(Review review, AdmissionRuling ruling) {
    Predicate<Message> brought = review.updates() ? broughtBy(changed(review)) : fault -> true;
    var denial = String.join("; ", texts(ruling, brought));
    return new Outcome.Decided(
        new Patch(List.of()),
        texts(ruling, brought.negate()),
        denial.isEmpty() ? Optional.empty() : Optional.of(denial),
        ruling.deny().stream().map(Message::rule).distinct().toList());
  }

  private static List<String> texts(AdmissionRuling ruling, Predicate<Message> which) {
    return ruling.deny().stream().filter(which).map(Message::text).toList();
  }

  /// A policy that does not say which keys are at fault means all of them.
  private static Predicate<Message> broughtBy(Set<String> changed) {
    return fault ->
        fault.keys().isEmpty()
            ? !changed.isEmpty()
            : fault.keys().stream().anyMatch(changed::contains);
  }

  /// The keys of people that are no longer as they were.
  private static Set<String> changed(Review review) {
    var now = UserKeys.of(review.annotations());
    var before = UserKeys.of(review.oldAnnotations());
    return Stream.concat(now.keySet().stream(), before.keySet().stream())
        .filter(key -> !Objects.equals(now.get(key), before.get(key)))
        .collect(Collectors.toSet());
  }
}
