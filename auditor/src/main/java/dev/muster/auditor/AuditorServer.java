package dev.muster.auditor;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.heal.Healer;
import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.pki.ClusterCertificates;
import dev.muster.auditor.report.ReportApi;
import dev.muster.auditor.runapi.RunApi;
import dev.muster.cluster.Events;
import dev.muster.cluster.Leadership;
import dev.muster.cluster.ObjectName;
import dev.muster.config.Configuration;
import dev.muster.http.Health;
import dev.muster.http.HealthServer;
import dev.muster.http.HttpsServer;
import dev.muster.http.Metrics;
import dev.muster.http.Routes;
import dev.muster.http.ServerSettings;
import dev.muster.model.ContractReader;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.SigningKey;
import dev.muster.repository.VerifyingKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The auditor: every replica answers the run API, one leads and does all else.
public final class AuditorServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AuditorServer.class);
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AuditorParts parts;
  private final String clusterUid;
  private final Metrics metrics = Metrics.ofProcess();
  private final Health health = new Health();
  private final Rounds rounds = new Rounds();
  private final Leadership leadership;
  private final ClusterCertificates certificates;
  private final Contracts contracts;
  private final Pace pace = new Pace(Duration.ofMillis(100));
  private final Reconciler reconciler;
  private final CoverageRound coverage;
  private final HealthServer healthServer;
  private final HttpsServer https;
  private volatile @Nullable Backups backups;
  private boolean leading;

  private AuditorServer(AuditorParts parts) {
    this.parts = parts;
    Configuration configuration = parts.configuration();
    String namespace = configuration.namespace();
    this.healthServer = HealthServer.start(parts.healthPort(), health, metrics);
    this.clusterUid = ClusterUid.of(configuration, parts.cluster());
    this.leadership =
        new Leadership(
            parts.cluster(),
            ObjectName.in(namespace, "muster-auditor"),
            parts.identity(),
            LEASE,
            parts.clock(),
            System::nanoTime);
    this.certificates =
        new ClusterCertificates(parts.cluster(), namespace, names(namespace), parts.clock());
    PolicyRecognition policy =
        new PolicyRecognition(parts.policy(), configuration, parts.profiles());
    this.contracts =
        new Contracts(new ContractReader(configuration.vocabulary(parts.profiles())), policy);
    this.reconciler =
        new Reconciler(
            parts.cluster(),
            contracts,
            configuration.healing() ? Optional.of(healer(policy)) : Optional.empty(),
            leadership::held,
            () -> Optional.ofNullable(backups).map(Backups::planner),
            this::touch);
    this.coverage = new CoverageRound(coverage(), reconciler.view(), metrics);
    this.https =
        HttpsServer.start(
            ServerSettings.of("auditor", parts.httpsPort()).deadline(Duration.ofSeconds(30)),
            new ServingSecret(parts.cluster(), namespace),
            routes(),
            metrics);
    health.readiness("https", https::problem);
    health.liveness(
        "watches", new Patience(parts.clock(), Duration.ofMinutes(5), reconciler.view()::problem));
    metrics.gauge("muster.policy.stale", () -> parts.policy().problem().isEmpty() ? 0 : 1);
    metrics.gauge("muster.leader", () -> leadership.held() ? 1 : 0);
    metrics.gauge("muster.backup.open", this::openRuns);
    rounds.every("leadership", Duration.ofSeconds(3), this::lead);
    rounds.every("adoption", Duration.ofSeconds(15), this::adopt);
    rounds.every("failed work", Duration.ofSeconds(10), reconciler::again);
    rounds.every("sweep", Duration.ofHours(1), this::sweep);
    rounds.every("coverage", Duration.ofSeconds(60), coverage::judge);
    rounds.every("policy", Duration.ofSeconds(10), parts.policy()::look);
    rounds.every("certificates", Duration.ofSeconds(10), this::keepCertificates);
  }

  /// Starts and returns once everything was listed. Throws where the API server cannot be used.
  public static AuditorServer start(AuditorParts parts) {
    return new AuditorServer(parts);
  }

  /// The port of the run API; throws before there is a certificate.
  public int port() {
    return https.port();
  }

  public int healthPort() {
    return healthServer.port();
  }

  /// Stops serving after callers found out, and gives the Lease back.
  public void drain(Duration serve) throws InterruptedException {
    https.drain(health, serve);
    close();
  }

  @Override
  public void close() {
    rounds.close();
    pace.close();
    unlead();
    leadership.resign();
    reconciler.close();
    https.close();
    healthServer.close();
  }

  private Routes routes() {
    Routes routes = new ReportApi(parts.cluster(), coverage::latest).on(Routes.none());
    return parts.store().map(store -> runApi(store).on(routes)).orElse(routes);
  }

  private RunApi runApi(BackupStore store) {
    return new RunApi(
        parts.cluster(),
        store,
        new Keys(clusterUid),
        parts.configuration().image(),
        parts.clock(),
        metrics);
  }

  private Healer healer(PolicyRecognition policy) {
    return new Healer(
        parts.cluster(),
        contracts,
        policy,
        new Events(parts.cluster(), parts.clock(), "muster-auditor"),
        parts.configuration(),
        pace,
        changed -> metrics.count(changed, "muster.healed"));
  }

  private Coverage coverage() {
    List<VerifyingKey> pinned = new ArrayList<>();
    parts.configuration().signing().publicKeys().stream()
        .map(VerifyingKey::fromBase64)
        .forEach(pinned::add);
    parts.signing().map(SigningKey::publicKey).ifPresent(pinned::add);
    return Coverage.of(
        parts.configuration(),
        parts.profiles(),
        parts.policy(),
        clusterUid,
        parts.store(),
        pinned.stream().distinct().toList(),
        parts.clock());
  }

  private void lead() {
    boolean leads = leadership.attend();
    if (leads && !leading) {
      log.info("{} leads", parts.identity());
      take();
      leading = true;
      keepCertificates();
    } else if (!leads && leading) {
      log.warn("{} leads no longer", parts.identity());
      leading = false;
      unlead();
    } else {
      reconciler.catchUp();
    }
  }

  private void take() {
    if (parts.configuration().backups()
        && parts.store().isPresent()
        && parts.signing().isPresent()) {
      backups =
          new Backups(
              parts,
              clusterUid,
              parts.store().get(),
              parts.signing().get(),
              contracts,
              leadership::held,
              metrics);
    } else {
      log.warn("no backups are run: {}", whyNoBackups());
    }
    if (parts.configuration().stores().size() > 1) {
      log.warn(
          "of the stores {} only the first is used yet", parts.configuration().stores().keySet());
    }
    reconciler.all();
  }

  private String whyNoBackups() {
    if (!parts.configuration().backups()) {
      return "backups: false in muster.yaml";
    }
    return parts.store().isEmpty()
        ? "no store in muster.yaml"
        : "no signing.key-file in muster.yaml";
  }

  private void adopt() {
    Backups mine = backups;
    if (mine != null) {
      mine.adopt();
    }
  }

  private void sweep() {
    Backups mine = backups;
    if (mine != null) {
      mine.sweep();
    }
  }

  private void unlead() {
    Backups mine = backups;
    backups = null;
    if (mine != null) {
      mine.close();
    }
  }

  private void keepCertificates() {
    if (leadership.held()) {
      certificates.maintain();
      https.reload();
    }
  }

  private int openRuns() {
    Backups mine = backups;
    return mine == null ? 0 : mine.open();
  }

  private void touch(String runId) {
    Backups mine = backups;
    if (mine != null) {
      mine.touch(runId);
    }
  }

  private static List<String> names(String namespace) {
    return List.of(
        "muster-webhook." + namespace + ".svc",
        "muster-webhook." + namespace + ".svc.cluster.local",
        "muster-auditor." + namespace + ".svc",
        "muster-auditor." + namespace + ".svc.cluster.local",
        "localhost");
  }
}
