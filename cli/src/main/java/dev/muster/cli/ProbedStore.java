package dev.muster.cli;

import dev.muster.repository.BackupStore;
import dev.muster.repository.RepositoryMarker;
import dev.muster.repository.RepositoryMarker.Check;
import dev.muster.repository.RetryingBackupStore;
import dev.muster.repository.StoreException;
import dev.muster.repository.directory.DirectoryBackupStore;
import dev.muster.repository.directory.DirectoryControl;
import dev.muster.repository.probe.BucketControl;
import dev.muster.repository.probe.ProbeReport;
import dev.muster.repository.probe.StoreProbe;
import dev.muster.repository.s3.S3BackupStore;
import dev.muster.repository.s3.S3BucketControl;
import dev.muster.repository.s3.S3Settings;
import java.nio.file.Path;
import java.time.InstantSource;

/// A store that is asked what it can do. A probe marks nothing as Muster's.
///
/// @param name as reports call it
record ProbedStore(String name, BackupStore store, BucketControl control) implements AutoCloseable {

  static ProbedStore bucket(String name, S3Settings settings) {
    return new ProbedStore(
        name,
        RetryingBackupStore.prompt(S3BackupStore.open(settings)),
        S3BucketControl.open(settings));
  }

  static ProbedStore directory(Path folder) {
    return new ProbedStore(
        folder.toString(), DirectoryBackupStore.open(folder), DirectoryControl.open(folder));
  }

  ProbeReport probe() {
    return switch (marker()) {
      case Check.Known(_), Check.Absent() -> StoreProbe.run(store, control, InstantSource.system());
      case Check.Newer(String detail) -> throw new BadInput(name + ": " + detail);
      case Check.Foreign(String detail) ->
          throw new BadInput("%s: %s, so nothing is written there".formatted(name, detail));
    };
  }

  /// A store that cannot list versions has none to show; the probe tells what that means.
  private Check marker() {
    try {
      return RepositoryMarker.look(store);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.UNSUPPORTED) {
        return new Check.Absent();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    store.close();
    control.close();
  }
}
