package dev.muster.auditor.reportobject;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A PolicyReport of the policy working group, which OpenReports succeeds. Public, since the client
/// makes it.
@Group("wgpolicyk8s.io")
@Version("v1alpha2")
@Kind("PolicyReport")
@Plural("policyreports")
public final class PolicyReport extends ReportObject {
  private static final long serialVersionUID = 1L;
}
