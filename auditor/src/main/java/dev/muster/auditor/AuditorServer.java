package dev.muster.auditor;

import dev.muster.auditor.contract.Contracts;
import dev.muster.auditor.contract.PolicyRecognition;
import dev.muster.auditor.coverage.Coverage;
import dev.muster.auditor.evidence.OtherTools;
import dev.muster.auditor.heal.Healer;
import dev.muster.auditor.heal.Pace;
import dev.muster.auditor.pki.CertificateKeeper;
import dev.muster.auditor.pki.CertificateWatch;
import dev.muster.auditor.pki.CertificatesInForce;
import dev.muster.auditor.report.ReportApi;
import dev.muster.auditor.runapi.RunApi;
import dev.muster.certs.ServerNames;
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
import dev.muster.repository.TellingBackupStore;
import dev.muster.repository.VerifyingKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The auditor: every replica answers the run API, one leads and does all else.
public final class AuditorServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(AuditorServer.class);
  private static final Duration LEASE = Duration.ofSeconds(15);

  /// A round asks the API server a few times, and each call has a deadline.
  private static final Duration ROUND = Duration.ofMinutes(5);

  private final AuditorParts parts;
  private final String clusterUid;
  private final Metrics metrics = Metrics.ofProcess();
  private final Health health = new Health();
  private final Rounds rounds = new Rounds();
  private final Leading<Backups> leading;
  private final CertificateKeeper certificates;
  private final CertificateWatch watch;
  private final Contracts contracts;
  private final Pace pace = new Pace(Duration.ofMillis(100));
  private final Reconciler reconciler;
  private final CoverageRound coverage;
  private final Tellings tellings;
  private final HealthServer healthServer;
  private final HttpsServer https;

  private AuditorServer(AuditorParts parts) {
    this.parts = parts;
    Configuration configuration = parts.configuration();
    String namespace = configuration.namespace();
    this.healthServer = HealthServer.start(parts.healthPort(), health, metrics);
    this.clusterUid = ClusterUid.of(configuration, parts.cluster());
    this.leading =
        new Leading<>(
            new Leadership(
                parts.cluster(),
                ObjectName.in(namespace, "muster-auditor"),
                parts.identity(),
                LEASE,
                parts.clock(),
                parts.nanos()),
            this::backups,
            Backups::close);
    this.certificates = CertificateKeeper.of(parts.cluster(), configuration, parts.clock());
    this.watch = new CertificateWatch(parts.cluster(), configuration, parts.clock());
    CertificatesInForce inForce = new CertificatesInForce(parts.cluster(), configuration);
    PolicyRecognition policy =
        new PolicyRecognition(parts.policy(), configuration, parts.profiles(), parts.clock());
    this.contracts =
        new Contracts(new ContractReader(configuration.vocabulary(parts.profiles())), policy);
    this.coverage =
        new CoverageRound(
            coverage(),
            new OtherTools(parts.cluster(), configuration.evidence(), parts.clock()),
            parts.clock(),
            metrics);
    this.reconciler =
        new Reconciler(
            parts.cluster(),
            contracts,
            configuration.healing() ? Optional.of(healer(policy)) : Optional.empty(),
            leading::held,
            () -> leading.current().map(Backups::planner),
            runId -> leading.current().ifPresent(mine -> mine.touch(runId)),
            coverage::changed,
            parts.nanos());
    this.tellings =
        new Tellings(parts, clusterUid, coverage::latest, reconciler::view, leading::held, metrics);
    this.https =
        HttpsServer.start(
            ServerSettings.of("auditor", parts.httpsPort()).deadline(Duration.ofSeconds(30)),
            new ServingSecret(inForce, List.of(new ServerNames(namespace).auditor())),
            routes(),
            metrics);
    health.readiness(
        "https", () -> https.problem().map(problem -> problem + " in " + inForce.kept()));
    reconciler.watchedBy(health, parts.clock());
    metrics.gauge("muster.policy.stale", () -> parts.policy().problem().isEmpty() ? 0 : 1);
    metrics.gauge("muster.leader", () -> leading.held() ? 1 : 0);
    metrics.gauge("muster.certificate.problems", () -> leading.held() ? watch.problems() : 0);
    metrics.gauge(
        "muster.ca.not.after.seconds",
        () -> watch.authorityNotAfter().map(Instant::getEpochSecond).orElse(0L),
        "server",
        "auditor");
    metrics.gauge("muster.backup.open", () -> leading.current().map(Backups::open).orElse(0));
    health.liveness(
        "leadership",
        rounds.watched("leadership", Duration.ofSeconds(3), ROUND, parts.nanos(), this::lead));
    rounds.every(
        "adoption", Duration.ofSeconds(15), () -> leading.current().ifPresent(Backups::adopt));
    rounds.every("failed work", Duration.ofSeconds(10), reconciler::again);
    rounds.every("sweep", Duration.ofHours(1), () -> leading.current().ifPresent(Backups::sweep));
    rounds.every("coverage", Duration.ofSeconds(5), () -> coverage.judge(reconciler.view()));
    tellings.on(rounds);
    rounds.every("policy", Duration.ofSeconds(10), parts.policy()::look);
    rounds.every("certificates", Duration.ofSeconds(10), this::keepCertificates);
    rounds.every("certificate watch", Duration.ofSeconds(10), this::watchCertificates);
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
    tellings.close();
    leading.close();
    reconciler.close();
    https.close();
    healthServer.close();
  }

  private Routes routes() {
    Routes routes =
        new ReportApi(parts.cluster(), coverage::latest, tellings::trend, parts.nanos())
            .on(Routes.none());
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
        this::healed);
  }

  private void healed(int objects) {
    metrics.count(objects, "muster.healed");
    reconciler.moved();
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
    if (leading.attend()) {
      reconciler.all();
      keepCertificates();
    } else {
      reconciler.catchUp();
    }
  }

  private Optional<Backups> backups(BooleanSupplier leads) {
    if (parts.configuration().stores().size() > 1) {
      log.warn(
          "of the stores {} only the first is used yet", parts.configuration().stores().keySet());
    }
    if (parts.configuration().backups()
        && parts.store().isPresent()
        && parts.signing().isPresent()) {
      return Optional.of(
          new Backups(
              parts,
              clusterUid,
              new TellingBackupStore(parts.store().get(), reconciler::moved),
              parts.signing().get(),
              contracts,
              leads,
              metrics));
    }
    log.warn("no backups are run: {}", whyNoBackups());
    return Optional.empty();
  }

  private String whyNoBackups() {
    if (!parts.configuration().backups()) {
      return "backups: false in muster.yaml";
    }
    return parts.store().isEmpty()
        ? "no store in muster.yaml"
        : "no signing.key-file in muster.yaml";
  }

  private void keepCertificates() {
    if (leading.held()) {
      certificates.maintain();
      https.reload();
    }
  }

  private void watchCertificates() {
    if (leading.held()) {
      watch.look();
    }
  }
}
