package dev.muster.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.auditor.pki.CertificatesInForce;
import dev.muster.auditor.run.RunPod;
import dev.muster.cluster.Cluster;
import dev.muster.cluster.Connection;
import dev.muster.cluster.ObjectName;
import dev.muster.cluster.Query;
import dev.muster.config.Configuration;
import dev.muster.config.ConfigurationReader;
import dev.muster.model.WorkloadKey;
import dev.muster.policies.PolicyInForce;
import dev.muster.repository.BackupStore;
import dev.muster.repository.Keys;
import dev.muster.repository.ListedObject;
import dev.muster.repository.ManifestVerifier;
import dev.muster.repository.PointReader;
import dev.muster.repository.SigningKey;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3Credentials;
import dev.muster.repository.s3.S3Settings;
import dev.muster.testkit.Covers;
import dev.muster.testkit.LightBed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two auditors, a real API server and a real object store; the test plays Job controller, kubelet
/// and mover.
class AuditorServerIT {

  private static final LightBed BED = LightBed.shared();
  private static final Cluster CLUSTER = Connection.from(BED.kubeconfig()).open();
  private static final SigningKey SIGNING = SigningKey.generate();
  private static final List<AuditorServer> SERVERS = new ArrayList<>();
  private static final CertificatesInForce IN_FORCE =
      new CertificatesInForce(CLUSTER, configuration());
  private static BackupStore store = store();

  @BeforeAll
  static void twoReplicas() throws Exception {
    namespace("muster");
    namespace("shop");
    BED.kubectl("apply", "-f", resource("report-kinds.yaml"));
    BED.kubectl(
        "wait", "--for=condition=Established", "--timeout=60s", "crd/reports.openreports.io");
    BED.kubectl("apply", "-f", resource("database.yaml"));
    BED.kubectl(
        "patch",
        "pod",
        "db-0",
        "-n",
        "shop",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.0.0.7\",\"podIPs\":[{\"ip\":\"10.0.0.7\"}],"
            + "\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
    SERVERS.add(AuditorServer.start(parts("one")));
    SERVERS.add(AuditorServer.start(parts("two")));
    SERVERS.forEach(server -> await("a listening replica", () -> listening(server)));
  }

  private static Optional<Integer> listening(AuditorServer server) {
    try {
      return Optional.of(server.port());
    } catch (IllegalStateException e) {
      return Optional.empty(); // no certificate yet
    }
  }

  @AfterAll
  static void end() {
    SERVERS.forEach(AuditorServer::close);
    CLUSTER.close();
    store.close();
  }

  @Test
  @Covers("F20")
  void requestedBackupIsRunByOneReplicaAndSealed() throws Exception {
    BED.kubectl("annotate", "--overwrite", "sts/db", "-n", "shop", "muster.dev/run=1");

    Job job = await("a Job", () -> jobs().stream().findFirst());
    Pod pod = podOf(job);
    new PlayedMover(BED, SERVERS, trust(), job, pod).work();
    ended(pod);

    PointReader.Found.Genuine point = await("a sealed point", AuditorServerIT::point);
    assertThat(jobs()).hasSize(1);
    assertThat(point.tampered()).isFalse();
    assertThat(point.manifest().identity().podUid())
        .isEqualTo(CLUSTER.get(Pod.class, ObjectName.in("shop", "db-0")).getMetadata().getUid());
    assertThat(BED.kubectl("get", "events", "-n", "shop")).contains("BackupSealed");
  }

  @Test
  @Covers("F6")
  void caBundleThatSomebodyRevertedIsPutRight() {
    String trust = await("trust", IN_FORCE::trust);
    String wanted = Base64.getEncoder().encodeToString(trust.getBytes(StandardCharsets.US_ASCII));
    await("caBundle", () -> Optional.of(bundle()).filter(wanted::equals));

    BED.kubectl("apply", "-f", resource("webhook.yaml"));

    await("caBundle again", () -> Optional.of(bundle()).filter(wanted::equals));
  }

  @Test
  void reportNeedsATokenAndShowsTheCallersNamespaces() throws Exception {
    AuditorServer server = SERVERS.getFirst();
    await("certificate", IN_FORCE::serving);

    assertThat(get(server, "/report", "nonsense").statusCode()).isEqualTo(401);
    String token =
        BED.kubectl("create", "token", "default", "-n", "shop", "--audience=muster-report").strip();
    HttpResponse<String> seen =
        await(
            "a report",
            () -> Optional.of(get(server, "/report", token)).filter(r -> r.statusCode() == 200));
    assertThat(seen.body()).contains("\"volumes\":[]");
    assertThat(get(server, "/report.html", token).body()).startsWith("<!doctype html>");
    assertThat(get(server, "/report.html", "nonsense").statusCode()).isEqualTo(401);
  }

  @Test
  void whatTheAuditFoundIsToldInTheClusterAndKeptInTheStore() {
    await("a report object", () -> Optional.of(told()).filter(all -> all.contains("shop")));

    Keys keys = new Keys(ClusterUid.of(configuration(), CLUSTER));
    String kept =
        await(
            "a kept report",
            () ->
                store.list(keys.reports()).stream()
                    .map(ListedObject::key)
                    .filter(key -> key.endsWith("/counts.json"))
                    .findFirst());
    assertThat(new String(store.get(kept, 4096).orElseThrow(), StandardCharsets.UTF_8))
        .contains("\"shop\":{");
  }

  private static String told() {
    return BED.kubectl(
        "get",
        "reports.openreports.io",
        "-A",
        "--field-selector=metadata.name=muster-coverage",
        "-o=jsonpath={.items[*].metadata.namespace}");
  }

  private static String bundle() {
    String found =
        CLUSTER
            .get(MutatingWebhookConfiguration.class, ObjectName.global("muster"))
            .getWebhooks()
            .getFirst()
            .getClientConfig()
            .getCaBundle();
    return found == null ? "" : found;
  }

  private static List<Job> jobs() {
    return CLUSTER.list(Job.class, Query.in("shop").label(RunPod.ROLE, RunPod.BACKUP));
  }

  private static Optional<PointReader.Found.Genuine> point() {
    String uid = ClusterUid.of(configuration(), CLUSTER);
    PointReader reader =
        new PointReader(store, new Keys(uid), new ManifestVerifier(List.of(SIGNING.publicKey())));
    return reader.points(WorkloadKey.of("StatefulSet", "shop", "db").value()).stream()
        .filter(PointReader.Found.Genuine.class::isInstance)
        .map(PointReader.Found.Genuine.class::cast)
        .findFirst();
  }

  private static Pod podOf(Job job) {
    var template = job.getSpec().getTemplate();
    return CLUSTER.create(
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(job.getMetadata().getName() + "-x")
            .withLabels(template.getMetadata().getLabels())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion("batch/v1")
                    .withKind("Job")
                    .withName(job.getMetadata().getName())
                    .withUid(job.getMetadata().getUid())
                    .withController(true)
                    .build())
            .endMetadata()
            .withSpec(template.getSpec())
            .build());
  }

  private static void ended(Pod pod) {
    StringBuilder statuses = new StringBuilder();
    pod.getSpec()
        .getContainers()
        .forEach(container ->
            statuses
                .append(statuses.isEmpty() ? "" : ",")
                .append(
                    """
                    {"name":"%s","image":"i","imageID":"","ready":false,"restartCount":0,
                    "state":{"terminated":{"exitCode":0,"reason":"Completed","message":"%s"}}}\
                    """
                        .formatted(
                            container.getName(),
                            container.getName().equals("mover")
                                ? "{\\\"outcome\\\":\\\"reported\\\",\\\"reason\\\":\\\"\\\",\\\"detail\\\":\\\"\\\"}"
                                : "")));
    BED.kubectl(
        "patch",
        "pod",
        pod.getMetadata().getName(),
        "-n",
        "shop",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"phase\":\"Succeeded\",\"containerStatuses\":[" + statuses + "]}}");
  }

  private static HttpResponse<String> get(AuditorServer server, String path, String token) {
    try {
      return Tls.client(trust())
          .send(
              HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      throw new AssertionError(path, e);
    }
  }

  private static String trust() {
    return CLUSTER
        .get(ConfigMap.class, ObjectName.in("muster", "muster-trust"))
        .getData()
        .getOrDefault("ca.crt", "");
  }

  private static <T> T await(String what, Supplier<Optional<T>> look) {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    try {
      while (System.nanoTime() < end) {
        Optional<T> found = look.get();
        if (found.isPresent()) {
          return found.get();
        }
        var unused = never.await(200, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("no " + what + " within a minute");
  }

  private static void namespace(String name) {
    CLUSTER.create(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
    CLUSTER.create(
        new ServiceAccountBuilder()
            .withNewMetadata()
            .withNamespace(name)
            .withName("default")
            .endMetadata()
            .build());
  }

  private static AuditorParts parts(String identity) {
    return new AuditorParts(
        identity,
        configuration(),
        Policies.PROFILES,
        PolicyInForce.always(Policies.ENGINE),
        CLUSTER,
        Optional.of(store),
        Optional.of(SIGNING),
        InstantSource.system(),
        System::nanoTime,
        new SplittableRandom(),
        0,
        0);
  }

  private static Configuration configuration() {
    return ConfigurationReader.read(
        "muster.yaml",
        """
        image: muster.test/muster:dev
        recipients: [age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudjwgmgsxrxyzt]
        stores: { primary: { type: s3, endpoint: "%s", bucket: %s } }
        """
            .formatted(BED.value("MUSTER_S3_ENDPOINT"), BED.value("MUSTER_S3_BUCKET")));
  }

  private static BackupStore store() {
    try {
      return S3BackupStore.open(
          new S3Settings(
              URI.create(BED.value("MUSTER_S3_ENDPOINT")),
              BED.value("AWS_REGION"),
              BED.value("MUSTER_S3_BUCKET"),
              true,
              Optional.of(Files.readString(Path.of(BED.value("MUSTER_S3_CA")))),
              S3Credentials.fromEnvironment(
                  Map.of(
                      "AWS_ACCESS_KEY_ID", BED.value("AWS_ACCESS_KEY_ID"),
                      "AWS_SECRET_ACCESS_KEY", BED.value("AWS_SECRET_ACCESS_KEY")))));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String resource(String name) {
    return Path.of("src", "test", "resources", name).toAbsolutePath().toString();
  }
}
