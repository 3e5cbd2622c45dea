package dev.muster.certs;

import java.util.List;

/// The DNS names of Muster's servers in one namespace: those of the chart's Services.
public record ServerNames(String namespace) {

  /// By which the API server calls the webhook.
  public String webhook() {
    return host("webhook");
  }

  /// By which the Pods of runs and the command line call the auditor.
  public String auditor() {
    return host("auditor");
  }

  /// What any certificate for both must answer to.
  public List<String> both() {
    return List.of(webhook(), auditor());
  }

  /// What a certificate for both answers to that we issue ourselves.
  public List<String> issued() {
    return List.of(
        webhook(),
        webhook() + ".cluster.local",
        auditor(),
        auditor() + ".cluster.local",
        "localhost");
  }

  private String host(String server) {
    return "muster-" + server + "." + namespace + ".svc";
  }
}
