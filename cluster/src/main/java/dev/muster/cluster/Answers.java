package dev.muster.cluster;

import dev.muster.cluster.ClusterException.Conflict;
import dev.muster.cluster.ClusterException.Forbidden;
import dev.muster.cluster.ClusterException.NotFound;
import dev.muster.cluster.ClusterException.Rejected;
import dev.muster.cluster.ClusterException.Rejected.Reason;
import dev.muster.cluster.ClusterException.Unreachable;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/// Turns the client's one exception into ours, with the object's name in front.
final class Answers {

  private Answers() {}

  static <R> R asking(String about, Supplier<R> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw read(about, e);
    }
  }

  static ClusterException read(String about, KubernetesClientException e) {
    String message = about + ": " + said(e);
    return switch (e.getCode()) {
      case 404 -> new NotFound(message);
      case 409 -> new Conflict(message);
      case 401 -> new Forbidden(message);
      case 403 -> forbidden(message, e);
      case 400, 413, 415, 422 -> new Rejected(Reason.INVALID, message);
      default -> new Unreachable(message, e);
    };
  }

  /// 403 is both: a missing right, and an admission plugin's no.
  private static ClusterException forbidden(String message, KubernetesClientException e) {
    String said = said(e).toLowerCase(Locale.ROOT);
    if (said.contains("exceeded quota") || said.contains("failed quota")) {
      return new Rejected(Reason.QUOTA, message);
    }
    if (said.contains("violates podsecurity")) {
      return new Rejected(Reason.POD_SECURITY, message);
    }
    if (causes(e.getStatus()).stream().anyMatch(c -> "NamespaceTerminating".equals(c.getReason()))
        || said.contains("because it is being terminated")) {
      return new Rejected(Reason.TERMINATING, message);
    }
    if (said.contains("cannot ") && said.contains("user ")) {
      return new Forbidden(message);
    }
    return new Rejected(Reason.ADMISSION, message);
  }

  private static String said(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status != null && status.getMessage() != null) {
      return status.getMessage();
    }
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? "" : ": " + root.getMessage();
    return root == e ? text.replaceFirst("^: ", "") : root.getClass().getSimpleName() + text;
  }

  private static List<StatusCause> causes(Status status) {
    return status == null || status.getDetails() == null || status.getDetails().getCauses() == null
        ? List.of()
        : status.getDetails().getCauses();
  }
}
