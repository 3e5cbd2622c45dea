package dev.muster.auditor.pki;

import dev.muster.certs.CertificateCheck;
import dev.muster.certs.Finding;
import dev.muster.certs.ServerNames;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Events;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.config.Configuration.CertificateMode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the certificates in force as their callers do, and tells people what those refuse or
/// soon will: by log and by Events on the Secret, each when it changes. The leader's work.
public final class CertificateWatch {

  private static final Logger log = LoggerFactory.getLogger(CertificateWatch.class);

  private final CertificatesInForce inForce;
  private final CertificateMode mode;
  private final Bundles bundles;
  private final Events events;
  private final List<String> names;
  private final InstantSource clock;
  private List<Finding> told = List.of();
  private volatile int problems;
  private volatile Optional<Instant> authorityNotAfter = Optional.empty();

  public CertificateWatch(Cluster cluster, Configuration configuration, InstantSource clock) {
    this.inForce = new CertificatesInForce(cluster, configuration);
    this.mode = configuration.certificates().mode();
    this.bundles = new Bundles(cluster);
    this.events = new Events(cluster, clock, "muster-auditor");
    this.names = new ServerNames(configuration.namespace()).both();
    this.clock = clock;
  }

  /// Looks once. Throws where the cluster does not answer.
  public synchronized void look() {
    Optional<Secret> secret = inForce.secret();
    Map<String, String> data = secret.map(inForce::data).orElse(Map.of());
    List<Finding> findings = secret.isEmpty() ? absent() : findings(data);
    problems = findings.size();
    authorityNotAfter = CertificateCheck.authorityNotAfter(data);
    if (!findings.equals(told)) {
      tell(secret.orElseGet(this::unknown), findings);
      told = findings;
    }
  }

  /// How many things the last look found wrong.
  public int problems() {
    return problems;
  }

  /// When the CA that signed the certificate in force expires; empty before the first look, and
  /// where the chain ends nowhere.
  public Optional<Instant> authorityNotAfter() {
    return authorityNotAfter;
  }

  /// Of our own Secret, its keeper tells.
  private List<Finding> absent() {
    return mode == CertificateMode.SELF_MANAGED
        ? List.of()
        : List.of(
            new Finding(
                Finding.Kind.REFUSED,
                "it does not exist: it must have tls.crt, tls.key and ca.crt, for "
                    + String.join(" and ", names)));
  }

  private List<Finding> findings(Map<String, String> data) {
    List<Finding> findings =
        new ArrayList<>(CertificateCheck.findings(data, names, clock.instant()));
    if (mode == CertificateMode.CERT_MANAGER && findings.stream().noneMatch(Finding::refused)) {
      bundles
          .without(data)
          .forEach(name ->
              findings.add(
                  new Finding(
                      Finding.Kind.REFUSED,
                      "the caBundle of %s lacks its CA: cert-manager's cainjector must write it"
                              .formatted(name)
                          + " (annotation cert-manager.io/inject-ca-from)")));
    }
    return List.copyOf(findings);
  }

  private void tell(Secret about, List<Finding> findings) {
    if (findings.isEmpty()) {
      log.info("{}: all is well again", inForce.kept());
    }
    for (Finding finding : findings) {
      log.warn("{}: {}", inForce.kept(), finding.text());
      String reason =
          switch (finding.kind()) {
            case REFUSED -> "CertificateRefused";
            case EXPIRING -> "CertificateExpiring";
          };
      events.tell(about, Events.Type.WARNING, reason, finding.text());
    }
  }

  private Secret unknown() {
    ObjectName name = inForce.secretName();
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(name.namespace())
        .withName(name.name())
        .endMetadata()
        .build();
  }
}
