package dev.muster.auditor.saved;

import dev.muster.auditor.evidence.Found;
import dev.muster.auditor.inventory.ClaimFacts;
import dev.muster.auditor.inventory.Facts;
import dev.muster.auditor.inventory.Metadata;
import dev.muster.auditor.inventory.NamespaceFacts;
import dev.muster.auditor.inventory.PodFacts;
import dev.muster.auditor.inventory.PodShape;
import dev.muster.auditor.inventory.ServiceFacts;
import dev.muster.auditor.inventory.VolumeFacts;
import dev.muster.auditor.inventory.WorkloadFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What of an object goes into a file that travels. Annotations hold anything: whole objects with
/// the values of variables, commands with passwords. Only those that an audit asks for are kept.
final class Kept {
  private static final List<String> WHOLE =
      List.of("muster.dev/", "meta.helm.sh/", "argocd.argoproj.io/tracking-id");

  /// By which tools mean a volume: that they are there is what counts.
  private static final List<String> TOOLS =
      List.of(
          "k8up.io",
          "k8up.syn.tools",
          "appscode.com",
          "kubestash.com",
          "velero.io",
          "ark.heptio.com",
          "longhorn.io",
          "libopenstorage.org",
          "kasten.io",
          "volsync.backube");

  private static final Pattern SWITCH =
      Pattern.compile("(?i)true|false|t|f|enabled|disabled|yes|no|[01]");
  private static final String SAID = "...";

  private Kept() {}

  static Facts of(Facts facts) {
    return switch (facts) {
      case NamespaceFacts namespace -> new NamespaceFacts(of(namespace.metadata()));
      case ClaimFacts claim -> of(claim);
      case VolumeFacts volume -> volume;
      case PodFacts pod -> pod;
      case WorkloadFacts workload ->
          new WorkloadFacts(
              workload.kind(),
              of(workload.metadata()),
              workload.replicas(),
              workload.firstOrdinal(),
              of(workload.template()),
              workload.claimTemplates().stream().map(Kept::of).toList());
      case ServiceFacts service ->
          new ServiceFacts(of(service.metadata()), service.externalName(), service.ports());
    };
  }

  static Found of(Found found) {
    return found instanceof Found.Database(var database)
        ? new Found.Database(database.with(of(database.metadata())))
        : found;
  }

  private static ClaimFacts of(ClaimFacts claim) {
    return new ClaimFacts(
        of(claim.metadata()), claim.phase(), claim.storageClass(), claim.size(), claim.volume());
  }

  private static PodShape of(PodShape shape) {
    return new PodShape(of(shape.annotations()), shape.containers(), shape.volumes());
  }

  private static Metadata of(Metadata metadata) {
    return new Metadata(
        metadata.namespace(),
        metadata.name(),
        metadata.uid(),
        metadata.labels(),
        of(metadata.annotations()),
        metadata.controller(),
        metadata.created());
  }

  private static Map<String, String> of(Map<String, String> annotations) {
    Map<String, String> kept = new TreeMap<>();
    annotations.forEach((key, value) -> {
      if (WHOLE.stream().anyMatch(key::startsWith)) {
        kept.put(key, value);
      } else if (TOOLS.stream().anyMatch(key.split("/", 2)[0]::endsWith)) {
        kept.put(key, SWITCH.matcher(value).matches() ? value : SAID);
      }
    });
    return kept;
  }
}
