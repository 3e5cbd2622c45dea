package dev.muster.auditor.inventory;

import dev.muster.cluster.GroupVersionResource;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of objects that hold data or use it.
public enum Kind {
  NAMESPACE("", "Namespace", "namespaces"),
  CLAIM("", "PersistentVolumeClaim", "persistentvolumeclaims"),
  VOLUME("", "PersistentVolume", "persistentvolumes"),
  POD("", "Pod", "pods"),
  STATEFUL_SET("apps", "StatefulSet", "statefulsets"),
  DEPLOYMENT("apps", "Deployment", "deployments"),
  DAEMON_SET("apps", "DaemonSet", "daemonsets"),
  CRON_JOB("batch", "CronJob", "cronjobs"),
  SERVICE("", "Service", "services");

  private final String word;
  private final GroupVersionResource resource;

  Kind(String group, String word, String plural) {
    this.word = word;
    this.resource = new GroupVersionResource(group, "v1", plural);
  }

  /// The kind of an object; empty for all that neither hold data nor use it.
  public static Optional<Kind> of(String apiVersion, String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word) && kind.apiVersion().equals(apiVersion))
        .findFirst();
  }

  /// As in the object's `kind`.
  public String word() {
    return word;
  }

  public GroupVersionResource resource() {
    return resource;
  }

  /// Whether its objects live in no namespace.
  public boolean global() {
    return this == NAMESPACE || this == VOLUME;
  }

  /// Whether other tools name volumes by its objects.
  boolean evidence() {
    return this == VOLUME || this == POD;
  }

  /// Whether its objects may say how they want to be protected, so that without them nothing can be
  /// told.
  boolean contracts() {
    return switch (this) {
      case NAMESPACE, CLAIM, STATEFUL_SET, DEPLOYMENT, DAEMON_SET -> true;
      case VOLUME, POD, CRON_JOB, SERVICE -> false;
    };
  }

  private String apiVersion() {
    return resource.group().isEmpty() ? "v1" : resource.group() + "/v1";
  }
}
