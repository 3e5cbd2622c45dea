package dev.muster.repository;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// What Muster's own reader says of a point, in the words of the reference.
final class PointJudge {

  private PointJudge() {}

  static String word(
      BackupStore store, SampleRepository.Point point, AgeKeys age, VerifyingKey pinned)
      throws IOException {
    switch (RepositoryMarker.look(store)) {
      case RepositoryMarker.Check.Newer(_) -> {
        return "NewerFormat";
      }
      case RepositoryMarker.Check.Foreign(_) -> {
        return "ForeignMarker";
      }
      case RepositoryMarker.Check.Known(_), RepositoryMarker.Check.Absent() -> {}
    }
    Manifest.Identity who = point.manifest().identity();
    PointReader reader =
        new PointReader(store, SampleRepository.KEYS, new ManifestVerifier(List.of(pinned)));
    Optional<PointReader.Found> found = reader.read(who.workloadKey(), who.point());
    return switch (found.orElse(null)) {
      case null -> "Absent";
      case PointReader.Found.Refused(_, var reason, _) -> reason.word();
      case PointReader.Found.Genuine genuine -> decoded(store, genuine.manifest(), age);
    };
  }

  private static String decoded(BackupStore store, Manifest manifest, AgeKeys age)
      throws IOException {
    PointVerifier verifier = new PointVerifier(store, _ -> {}, new Random(1));
    return switch (verifier.plaintext(manifest, FileKeys.ofIdentityFile(age.identity()), _ -> {})) {
      case PointVerifier.Outcome.Whole(_) -> "Whole";
      case PointVerifier.Outcome.Damaged(_, var reason, _) -> reason.word();
    };
  }
}
