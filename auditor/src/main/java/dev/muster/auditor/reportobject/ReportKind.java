package dev.muster.auditor.reportobject;

import dev.muster.cluster.GroupVersionResource;
import java.util.function.Supplier;

/// The kinds of report objects that a server may have, the preferred one first.
enum ReportKind {
  OPEN_REPORT(
      OpenReport.class,
      OpenReport::new,
      new GroupVersionResource("openreports.io", "v1alpha1", "reports")),
  POLICY_REPORT(
      PolicyReport.class,
      PolicyReport::new,
      new GroupVersionResource("wgpolicyk8s.io", "v1alpha2", "policyreports"));

  private final Class<? extends ReportObject> type;
  private final Supplier<? extends ReportObject> maker;
  private final GroupVersionResource resource;

  ReportKind(
      Class<? extends ReportObject> type,
      Supplier<? extends ReportObject> maker,
      GroupVersionResource resource) {
    this.type = type;
    this.maker = maker;
    this.resource = resource;
  }

  Class<? extends ReportObject> type() {
    return type;
  }

  GroupVersionResource resource() {
    return resource;
  }

  ReportObject of(String namespace, Content content) {
    ReportObject object = maker.get();
    object.say(namespace, content);
    return object;
  }
}
