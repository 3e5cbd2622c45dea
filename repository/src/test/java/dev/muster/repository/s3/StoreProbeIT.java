package dev.muster.repository.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.BackupStore;
import dev.muster.repository.ListedObject;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.TestStores;
import dev.muster.repository.probe.Finding;
import dev.muster.repository.probe.ProbeReport;
import dev.muster.repository.probe.ProbeReport.Verdict;
import dev.muster.repository.probe.Requirement;
import dev.muster.repository.probe.StoreProbe;
import dev.muster.testkit.Covers;
import dev.muster.testkit.MinioServer;
import dev.muster.testkit.ObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/// What a probe says of real servers.
final class StoreProbeIT {

  private static final String LOCKING = "locking";
  private static final Set<Requirement> RIGHTS =
      EnumSet.of(
          Requirement.NO_DELETING,
          Requirement.NO_VERSIONING_CHANGE,
          Requirement.NO_LOCK_CHANGE,
          Requirement.NO_POLICY_CHANGE,
          Requirement.NO_LIFECYCLE_CHANGE);

  @TempDir Path folder;

  @Test
  void aBareBucketIsDegraded() {
    try (MinioServer server = MinioServer.start(folder)) {
      ProbeReport report = probe(TestStores.settings(server));

      Set<Requirement> lacking = EnumSet.copyOf(RIGHTS);
      lacking.add(Requirement.VERSIONING);
      lacking.add(Requirement.OBJECT_LOCK);
      assertLacking(report, lacking);
      assertThat(report.verdict()).isInstanceOf(Verdict.Degraded.class);
      assertThat(report.left()).hasValue(0);
    }
  }

  @Test
  @Covers("F73")
  void minioKeepsWhatIsLockedFromItsOwner() {
    try (MinioServer server = MinioServer.start(folder)) {
      assertLockHolds(TestStores.settings(server), RIGHTS);
    }
  }

  @Test
  @Covers("F73")
  void versitygwKeepsWhatIsLockedFromItsOwner() {
    try (ObjectStore server = ObjectStore.start(folder)) {
      Set<Requirement> rights = EnumSet.copyOf(RIGHTS);
      rights.remove(Requirement.NO_LIFECYCLE_CHANGE); // it has no such rules
      assertLockHolds(TestStores.settings(server), rights);
    }
  }

  /// The credential is one that Muster's documentation asks for.
  @Test
  void aLockedBucketWithANarrowCredentialIsFit() throws Exception {
    try (MinioServer server = MinioServer.start(folder)) {
      S3Settings owner = locking(TestStores.settings(server));
      S3Settings narrow = with(owner, MinioTokens.narrowed(owner));

      ProbeReport report = probe(narrow);

      assertLacking(report, EnumSet.noneOf(Requirement.class));
      assertThat(report.verdict()).isEqualTo(new Verdict.Fit());
      assertThat(report.left().orElseThrow()).isPositive();
    }
  }

  @Test
  @Covers("F65")
  void aStoreThatForgetsPreconditionsIsRefused() throws Exception {
    try (ObjectStore server = ObjectStore.start(folder);
        ForgetfulProxy proxy = ForgetfulProxy.start(TestStores.settings(server))) {
      ProbeReport report = probe(TestStores.settings(proxy.endpoint(), Optional.empty()));

      assertThat(proxy.forgotten()).isPositive();
      assertThat(report.verdict())
          .isInstanceOfSatisfying(
              Verdict.Refused.class,
              refused ->
                  assertThat(refused.lacking())
                      .extracting(Finding::requirement)
                      .containsExactly(
                          Requirement.CONDITIONAL_PUT,
                          Requirement.CONDITIONAL_COMPLETE,
                          Requirement.ONE_WINNER_PUT,
                          Requirement.ONE_WINNER_COMPLETE));
    }
  }

  @Test
  void settingsAreAsBefore() {
    try (ObjectStore server = ObjectStore.start(folder)) {
      S3Settings settings = locking(TestStores.settings(server));
      try (S3Client raw = S3Connection.client(settings, S3Limits.SMALL)) {
        raw.putObject(r -> r.bucket(LOCKING).key("other"), RequestBody.fromString("x"));
        var lock = raw.getObjectLockConfiguration(r -> r.bucket(LOCKING)).objectLockConfiguration();
        probe(settings);

        assertThat(raw.getBucketVersioning(r -> r.bucket(LOCKING)).status())
            .isEqualTo(BucketVersioningStatus.ENABLED);
        assertThat(raw.getObjectLockConfiguration(r -> r.bucket(LOCKING)).objectLockConfiguration())
            .isEqualTo(lock);
        assertThat(catchStatus(() -> raw.getBucketPolicy(r -> r.bucket(LOCKING)))).isEqualTo(404);
      }
      try (BackupStore store = S3BackupStore.open(settings)) {
        assertThat(store.list("")).extracting(ListedObject::key).contains("other");
      }
    }
  }

  private static void assertLockHolds(S3Settings server, Set<Requirement> lacking) {
    ProbeReport report = probe(locking(server));

    assertLacking(report, lacking);
    assertThat(report.findings())
        .filteredOn(finding -> finding.requirement() == Requirement.LOCK_HOLDS)
        .singleElement()
        .satisfies(finding -> assertThat(finding.result().detail()).startsWith("refused: 40"));
    assertThat(report.left()).as("the locked object alone").hasValue(1);
  }

  private static ProbeReport probe(S3Settings settings) {
    try (BackupStore store = RetryingBackupStore.prompt(S3BackupStore.open(settings));
        S3BucketControl control = S3BucketControl.open(settings)) {
      return StoreProbe.run(store, control, InstantSource.system());
    }
  }

  private static S3Settings locking(S3Settings server) {
    try (S3Client raw = S3Connection.client(server, S3Limits.SMALL)) {
      raw.createBucket(r -> r.bucket(LOCKING).objectLockEnabledForBucket(true));
    }
    return new S3Settings(
        server.endpoint(),
        server.region(),
        LOCKING,
        server.pathStyle(),
        server.caPem(),
        server.credentials());
  }

  private static S3Settings with(S3Settings settings, S3Credentials credentials) {
    return new S3Settings(
        settings.endpoint(),
        settings.region(),
        settings.bucket(),
        settings.pathStyle(),
        settings.caPem(),
        credentials);
  }

  private static int catchStatus(Runnable call) {
    try {
      call.run();
      return 200;
    } catch (software.amazon.awssdk.services.s3.model.S3Exception e) {
      return e.statusCode();
    }
  }

  private static void assertLacking(ProbeReport report, Set<Requirement> lacking) {
    assertThat(report.findings())
        .filteredOn(finding -> !finding.met())
        .allMatch(finding -> finding.result() instanceof Finding.Result.NotMet)
        .extracting(Finding::requirement)
        .as(() -> report.findings().toString())
        .containsExactlyInAnyOrderElementsOf(lacking);
  }
}
