package dev.muster.auditor.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.Room;
import dev.muster.cluster.GroupVersionResource;
import dev.muster.cluster.ObjectName;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Veeam Kasten (K10): `config.kio.kasten.io/v1alpha1` Policy, `apps.kio.kasten.io/v1alpha1`
/// RestorePointContent, `actions.kio.kasten.io/v1alpha1` BackupAction and ExportAction; names from
/// its API reference (docs.kasten.io), 5.5 and 8.5.
///
/// A RestorePointContent counts once its data was exported (`k10.kasten.io/exportType`); any other
/// is a snapshot that lives with its volume, or objects alone. It names a namespace and no volume,
/// so it counts for claims that were there, if the Policy that made it takes all of the namespace.
final class KastenReader implements ToolReader {
  private static final GroupVersionResource POLICIES =
      new GroupVersionResource("config.kio.kasten.io", "v1alpha1", "policies");
  private static final GroupVersionResource CONTENTS =
      new GroupVersionResource("apps.kio.kasten.io", "v1alpha1", "restorepointcontents");
  private static final GroupVersionResource BACKUPS =
      new GroupVersionResource("actions.kio.kasten.io", "v1alpha1", "backupactions");
  private static final GroupVersionResource EXPORTS =
      new GroupVersionResource("actions.kio.kasten.io", "v1alpha1", "exportactions");

  @Override
  public String name() {
    return "Kasten";
  }

  @Override
  public List<GroupVersionResource> resources() {
    return List.of(POLICIES, CONTENTS, BACKUPS, EXPORTS);
  }

  @Override
  public void read(ToolObjects objects, Findings into) {
    Map<String, KastenPolicy> policies = new HashMap<>();
    for (JsonNode each : objects.of(POLICIES)) {
      KastenPolicy policy = new KastenPolicy(each);
      policies.put(policy.key(), policy);
      policy(policy, objects, into);
    }
    for (JsonNode content : objects.of(CONTENTS)) {
      content(content, policies, objects.claims(), into);
    }
    objects.of(BACKUPS).forEach(each -> action("BackupAction", each, objects.claims(), into));
    objects.of(EXPORTS).forEach(each -> action("ExportAction", each, objects.claims(), into));
  }

  private void policy(KastenPolicy policy, ToolObjects objects, Findings into) {
    List<String> unknown = policy.unknown();
    if (policy.paused() || (unknown.isEmpty() && !policy.backsUp())) {
      return;
    }
    String object = Said.name("Policy", policy.policy());
    Instant at = Said.time(policy.policy(), "/metadata/creationTimestamp").orElse(objects.now());
    for (Room room : objects.claims().rooms()) {
      if (policy.means(room)) {
        List<ObjectName> claims = names(room.claims().stream());
        into.intent(claims, new Intent(name(), object));
        if (!unknown.isEmpty()) {
          // Nothing else would ever tell that no run of it does anything, of later claims as well.
          for (ClaimFacts claim : room.claims()) {
            Instant since = later(at, claim.metadata().created());
            into.failure(
                claim.metadata().objectName(),
                new ForeignFailure(name(), object, since, misspelt(unknown)));
          }
        }
      }
    }
  }

  private static Instant later(Instant policy, @Nullable Instant claim) {
    return claim != null && claim.isAfter(policy) ? claim : policy;
  }

  private static String misspelt(List<String> unknown) {
    return "it does nothing: no action is called \"%s\"; backup, export and others are"
        .formatted(String.join("\", \"", unknown));
  }

  private void content(
      JsonNode content, Map<String, KastenPolicy> policies, Claims claims, Findings into) {
    String object = Said.name("RestorePointContent", content);
    Optional<Instant> cut = cut(content);
    KastenPolicy policy =
        policies.get(
            Said.label(content, "k10.kasten.io/policyNamespace")
                + "/"
                + Said.label(content, "k10.kasten.io/policyName"));
    if (cut.isPresent() && exported(content) && policy != null && policy.whole()) {
      into.point(there(content, cut.get(), claims), new ForeignPoint(name(), object, cut.get()));
    } else if (namespaced(content)) {
      into.intent(
          names(claims.in(Said.label(content, KastenPolicy.NAMESPACE)).stream()),
          new Intent(name(), object));
    }
  }

  /// Out of the cluster, with the data.
  private static boolean exported(JsonNode content) {
    return namespaced(content)
        && Said.label(content, "k10.kasten.io/exportType").equals("portableAppData")
        && !Said.label(content, "k10.kasten.io/exportProfile").isEmpty()
        && !content.path("metadata").hasNonNull("deletionTimestamp");
  }

  /// And not of one virtual machine.
  private static boolean namespaced(JsonNode content) {
    String type = Said.label(content, "k10.kasten.io/appType");
    return type.isEmpty() || type.equals("namespace");
  }

  /// The snapshot that was exported is not older than the time that its run was planned for; a run
  /// by hand has none.
  private static Optional<Instant> cut(JsonNode content) {
    return content.path("status").hasNonNull("scheduledTime")
        ? Said.time(content, "/status/scheduledTime")
        : Said.time(content, "/status/actionTime");
  }

  private static List<ObjectName> there(JsonNode content, Instant cut, Claims claims) {
    return names(
        claims.in(Said.label(content, KastenPolicy.NAMESPACE)).stream()
            .filter(claim -> before(claim.metadata().created(), cut)));
  }

  private static boolean before(@Nullable Instant created, Instant cut) {
    return created != null && created.isBefore(cut);
  }

  private static List<ObjectName> names(Stream<ClaimFacts> claims) {
    return claims.map(ClaimFacts::metadata).map(Metadata::objectName).toList();
  }

  private void action(String kind, JsonNode action, Claims claims, Findings into) {
    if (!Said.text(action, "/status/state").equals("Failed")) {
      return;
    }
    String detail = Said.text(action, "/status/error/message");
    Said.time(action, "/status/endTime")
        .or(() -> Said.time(action, "/metadata/creationTimestamp"))
        .map(at -> new ForeignFailure(name(), Said.name(kind, action), at, detail))
        .ifPresent(failure ->
            into.failure(
                names(claims.in(Said.label(action, KastenPolicy.NAMESPACE)).stream()), failure));
  }
}
