package dev.muster.auditor.inventory;

import dev.muster.cluster.BinaryForm;
import dev.muster.cluster.GroupVersionResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
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

  /// What is read of its lists where they come in the server's binary form; `kubernetes.proto`
  /// calls them by the kind's plural.
  BinaryForm binary() {
    return Binary.DEFINITIONS.of(word + "s");
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

  /// Read once, by who lists.
  private static final class Binary {
    static final BinaryForm.Definitions DEFINITIONS = new BinaryForm.Definitions(text());

    private static String text() {
      try (InputStream file = Kind.class.getResourceAsStream("kubernetes.proto")) {
        return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String apiVersion() {
    return resource.group().isEmpty() ? "v1" : resource.group() + "/v1";
  }
}
