package dev.muster.cli;

import dev.muster.cluster.ClusterException;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.model.ContractReader;
import dev.muster.model.ContractReading;
import dev.muster.model.ContractSources;
import dev.muster.model.Problem;
import dev.muster.model.WorkloadRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Reads a workload's contract as the auditor will, so that a wrong one is told at once.
final class ContractCheck {

  private final Session session;

  ContractCheck(Session session) {
    this.session = session;
  }

  ContractReading read(HasMetadata workload) {
    Configuration configuration = session.configuration();
    var reader = new ContractReader(configuration.vocabulary(session.profiles()));
    return reader.read(ref(workload), sources(workload));
  }

  /// Throws BadInput with every problem of the contract.
  void check(HasMetadata workload) {
    ContractReading reading;
    try {
      reading = read(workload);
    } catch (ClusterException.Forbidden _) {
      return; // The user may not see the configuration: the auditor will tell.
    }
    if (!reading.valid()) {
      throw new BadInput(
          "the contract of %s cannot be used:%s"
              .formatted(
                  ref(workload),
                  reading.problems().stream()
                      .map(Problem::text)
                      .collect(Collectors.joining("\n- ", "\n- ", ""))));
    }
  }

  static WorkloadRef ref(HasMetadata workload) {
    var metadata = workload.getMetadata();
    return new WorkloadRef(
        workload.getKind(), metadata.getNamespace(), metadata.getName(), metadata.getUid());
  }

  private ContractSources sources(HasMetadata workload) {
    return ContractSources.of(namespace(workload), annotations(workload));
  }

  private Map<String, String> namespace(HasMetadata workload) {
    ObjectName name = ObjectName.global(workload.getMetadata().getNamespace());
    try {
      return session
          .cluster()
          .find(Namespace.class, name)
          .map(ContractCheck::annotations)
          .orElse(Map.of());
    } catch (ClusterException.Forbidden _) {
      return Map.of();
    }
  }

  private static Map<String, String> annotations(HasMetadata object) {
    return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
  }
}
