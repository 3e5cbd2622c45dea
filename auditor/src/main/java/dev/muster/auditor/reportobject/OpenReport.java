package dev.muster.auditor.reportobject;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/// A Report of OpenReports. Public, since the client makes it.
@Group("openreports.io")
@Version("v1alpha1")
@Kind("Report")
@Plural("reports")
public final class OpenReport extends ReportObject {
  private static final long serialVersionUID = 1L;
}
