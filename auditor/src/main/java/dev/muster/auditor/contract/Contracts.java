package dev.muster.auditor.contract;

import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.UserKeys;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the effective contract of workloads. Safe for many threads.
public final class Contracts {

  private final ContractReader reader;
  private final EngineRecognition engines;

  public Contracts(ContractReader reader, EngineRecognition engines) {
    this.reader = reader;
    this.engines = engines;
  }

  public Effective of(Workload workload, Map<String, String> namespaceAnnotations) {
    ContractReading reading =
        reader.read(
            workload.ref(), ContractSources.of(namespaceAnnotations, workload.annotations()));
    return new Effective(workload, reading, engines.recognise(workload.containers(), reading));
  }

  public Effective of(Workload workload, @Nullable Namespace namespace) {
    Map<String, String> annotations =
        namespace == null
            ? Map.of()
            : Objects.requireNonNullElse(namespace.getMetadata().getAnnotations(), Map.of());
    return of(workload, annotations);
  }

  /// What people said about a workload, without what Muster wrote itself.
  public ContractReading said(Workload workload, Map<String, String> namespaceAnnotations) {
    return reader.read(
        workload.ref(),
        ContractSources.of(UserKeys.of(namespaceAnnotations), UserKeys.of(workload.annotations())));
  }

  /// What people said about one Pod of a workload: an opt-out on the Pod alone counts for it.
  public ContractReading said(
      Workload workload, Map<String, String> namespaceAnnotations, Map<String, String> pod) {
    return reader.read(
        workload.ref(),
        ContractSources.of(
            UserKeys.of(namespaceAnnotations), UserKeys.of(workload.annotations(), pod)));
  }
}
