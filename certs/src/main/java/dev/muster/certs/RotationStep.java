package dev.muster.certs;

import java.time.Instant;
import java.util.List;

/// What rotation decided.
public sealed interface RotationStep {
  CertificateState state();

  /// Nothing to write; look again at `lookAt` at the latest.
  record Keep(CertificateState state, Instant lookAt) implements RotationStep {}

  /// Write `state`: first the trust to all callers, then the Secrets; `reasons` are for the log.
  record Renew(CertificateState state, List<String> reasons) implements RotationStep {
    public Renew {
      reasons = List.copyOf(reasons);
    }
  }
}
