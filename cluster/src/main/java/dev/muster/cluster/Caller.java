package dev.muster.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whom a token speaks for, as TokenReview told.
public record Caller(String username, List<String> groups, Map<String, List<String>> extra) {

  public Caller {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  /// The name of the Pod that the token is bound to.
  public Optional<String> podName() {
    return first("authentication.kubernetes.io/pod-name");
  }

  /// The UID of the Pod that the token is bound to.
  public Optional<String> podUid() {
    return first("authentication.kubernetes.io/pod-uid");
  }

  /// The namespace of a service account.
  public Optional<String> namespace() {
    String[] parts = username.split(":", -1);
    boolean account = parts.length == 4 && username.startsWith("system:serviceaccount:");
    return account ? Optional.of(parts[2]) : Optional.empty();
  }

  private Optional<String> first(String key) {
    List<String> values = extra.getOrDefault(key, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
