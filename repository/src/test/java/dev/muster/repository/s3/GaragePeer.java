package dev.muster.repository.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.repository.BackupStore;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.probe.Finding;
import dev.muster.repository.probe.Finding.Result;
import dev.muster.repository.probe.ProbeReport;
import dev.muster.repository.probe.ProbeReport.Verdict;
import dev.muster.repository.probe.Requirement;
import dev.muster.repository.probe.StoreProbe;
import dev.muster.testkit.Covers;
import dev.muster.testkit.GarageServer;
import dev.muster.testkit.ObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real store that ignores preconditions without a word. In no tier, since cargo builds it: `make
/// garage`. [StoreProbeIT] has a proxy that does the same.
final class GaragePeer {

  @TempDir Path folder;

  @Test
  @Covers("F65")
  void garageIsRefused() {
    try (GarageServer server = GarageServer.start(folder)) {
      S3Settings settings =
          new S3Settings(
              server.endpoint(),
              "us-east-1",
              ObjectStore.BUCKET,
              true,
              Optional.empty(),
              new S3Credentials(
                  GarageServer.ACCESS_KEY, GarageServer.SECRET_KEY, Optional.empty()));
      try (BackupStore store = RetryingBackupStore.prompt(S3BackupStore.open(settings));
          S3BucketControl control = S3BucketControl.open(settings)) {
        ProbeReport report = StoreProbe.run(store, control, InstantSource.system());

        assertThat(report.verdict())
            .as(report.findings().toString())
            .isInstanceOfSatisfying(
                Verdict.Refused.class,
                refused ->
                    assertThat(refused.lacking())
                        .extracting(Finding::requirement)
                        .contains(Requirement.CONDITIONAL_PUT, Requirement.CONDITIONAL_COMPLETE));
        assertThat(report.findings())
            .filteredOn(finding -> finding.requirement() == Requirement.CONDITIONAL_PUT)
            .extracting(Finding::result)
            .allMatch(result ->
                result instanceof Result.NotMet unmet
                    && unmet.detail().contains("If-None-Match is ignored"));
        assertThat(report.left()).hasValue(0);
      }
    }
  }
}
