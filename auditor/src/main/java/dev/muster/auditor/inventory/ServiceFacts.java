package dev.muster.auditor.inventory;

import java.util.List;

/// A Service.
///
/// @param externalName the host outside of the cluster that it stands for; empty for any other
public record ServiceFacts(Metadata metadata, String externalName, List<Integer> ports)
    implements Facts {

  public ServiceFacts {
    ports = List.copyOf(ports);
  }
}
