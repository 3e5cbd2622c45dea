package dev.muster.webhook.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.config.Configuration;
import java.util.Optional;
import java.util.Set;

/// Tells which requests are none of ours. The API server's own selectors spare most of these calls;
/// nothing here relies on that.
final class Filter {
  private final Configuration configuration;
  private final String restoreLabel;
  private final Set<String> restoreUsers;

  Filter(Configuration configuration) {
    this.configuration = configuration;
    this.restoreLabel = configuration.admission().restoreLabel();
    this.restoreUsers = Set.copyOf(configuration.admission().restoreUsers());
  }

  /// Why the request passes untouched; empty when it is to be judged.
  Optional<String> passes(Review review) {
    if (!review.subResource().isEmpty()) {
      return Optional.of("subresource");
    }
    if (!watched(review)) {
      return Optional.of("not-watched");
    }
    if (review.object().isEmpty()) {
      return Optional.of("no-object");
    }
    if (configuration.untouched(review.namespace())) {
      return Optional.of("own-or-system-namespace");
    }
    if (fromMuster(review)) {
      return Optional.of("from-muster");
    }
    if (deleted(review.object().get())) {
      return Optional.of("being-deleted");
    }
    if (restored(review)) {
      return Optional.of("restored");
    }
    return operatorOwned(review) ? Optional.of("operator-owned") : Optional.empty();
  }

  private static boolean watched(Review review) {
    boolean creates = review.operation().equals("CREATE");
    return switch (review.group() + "/" + review.kind()) {
      case "apps/StatefulSet" -> creates || review.updates();
      case "/PersistentVolumeClaim", "/Pod" -> creates;
      default -> false;
    };
  }

  /// The auditor's healing knows more than can be seen here, and Pods of runs and drills are ours.
  private boolean fromMuster(Review review) {
    return review
            .user()
            .name()
            .startsWith("system:serviceaccount:" + configuration.namespace() + ":muster-")
        || (review.kind().equals("Pod") && review.labels().containsKey("muster.dev/role"));
  }

  private static boolean deleted(JsonNode object) {
    return object.path("metadata").hasNonNull("deletionTimestamp");
  }

  /// The label alone is anybody's: it counts only from a configured user or group.
  private boolean restored(Review review) {
    var user = review.user();
    return review.labels().containsKey(restoreLabel)
        && (restoreUsers.contains(user.name())
            || user.groups().stream().anyMatch(restoreUsers::contains));
  }

  private boolean operatorOwned(Review review) {
    return review.owners().stream()
        .filter(each -> each.path("controller").asBoolean(false))
        .anyMatch(each ->
            configuration
                .admission()
                .operator(each.path("apiVersion").asText(), each.path("kind").asText()));
  }
}
