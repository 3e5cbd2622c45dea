package dev.muster.repository;

import dev.muster.repository.ManifestVerifier.Check;
import dev.muster.repository.ManifestVerifier.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a manifest must state besides being signed, so that neither a splice nor a fault of the
/// program that wrote it passes for a recovery point.
final class ManifestRules {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_SEGMENTS = 9999;

  private ManifestRules() {}

  /// What is wrong with a manifest found at `key`, or empty. May throw IllegalArgumentException or
  /// NullPointerException where a field is none.
  static Optional<Check> broken(String key, Manifest manifest) {
    Set<String> names = new HashSet<>();
    for (Manifest.Stream stream : manifest.streams()) {
      if (!readable(stream) || !names.add(stream.name())) {
        return refused(
            Refusal.MALFORMED, "%s states stream %s wrongly".formatted(key, stream.name()));
      }
    }
    return whole(key, manifest).or(() -> place(key, manifest)).or(() -> data(key, manifest));
  }

  private static boolean readable(Manifest.Stream stream) {
    List<Manifest.Segment> segments = stream.segments();
    return !Keys.word("stream", stream.name()).isEmpty()
        && stream.plainBytes() >= 0
        && DIGEST.matcher(stream.plainSha256()).matches()
        && !segments.isEmpty()
        && segments.size() <= MAX_SEGMENTS
        && segments.stream().allMatch(s -> s.bytes() > 0 && DIGEST.matcher(s.sha256()).matches());
  }

  private static Optional<Check> whole(String key, Manifest manifest) {
    return manifest.streams().stream()
        .filter(s -> s.exitCode() != 0 || Boolean.FALSE.equals(s.trailerSeen()))
        .findFirst()
        .flatMap(s ->
            refused(
                Refusal.NOT_WHOLE,
                "%s: the dump of %s failed or has no end".formatted(key, s.name())));
  }

  private static Optional<Check> place(String key, Manifest manifest) {
    Manifest.Identity who = manifest.identity();
    String home = new Keys(who.clusterUid()).manifest(who.workloadKey(), who.point());
    if (!home.equals(key)) {
      return refused(Refusal.WRONG_PLACE, "the manifest at %s belongs at %s".formatted(key, home));
    }
    return who.point().equals(Keys.point(who.slot(), who.runId()))
        ? Optional.empty()
        : refused(Refusal.WRONG_PLACE, key + " names another slot or run inside");
  }

  private static Optional<Check> data(String key, Manifest manifest) {
    Manifest.Identity who = manifest.identity();
    Keys keys = new Keys(who.clusterUid());
    for (Manifest.Stream stream : manifest.streams()) {
      int number = 0;
      for (Manifest.Segment segment : stream.segments()) {
        number++;
        String own =
            keys.segment(who.workloadKey(), who.runId(), who.attempt(), stream.name(), number);
        if (!segment.key().equals(own)) {
          return refused(
              Refusal.WRONG_PLACE,
              "%s names %s, which is not its data".formatted(key, segment.key()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Check> refused(Refusal reason, String detail) {
    return Optional.of(ManifestVerifier.refused(reason, detail));
  }
}
