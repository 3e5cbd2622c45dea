package dev.muster.auditor.report;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.repository.Json;
import dev.muster.repository.MalformedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an earlier report said: the same verdict on the same volume for the same reason is known.
public final class Baseline {
  private static final Baseline NONE = new Baseline(Set.of(), false);

  private final Set<@Nullable Known> known;
  private final boolean given;

  private Baseline(Set<@Nullable Known> known, boolean given) {
    this.known = known;
    this.given = given;
  }

  public static Baseline none() {
    return NONE;
  }

  /// @param json a report as `-o json` writes it, of this version or an earlier one
  /// @param what names the source in messages
  /// @throws MalformedException for anything else
  public static Baseline read(byte[] json, String what) {
    Earlier earlier = Json.decode(json, Earlier.class, what);
    List<@Nullable Known> volumes = earlier.volumes();
    if (volumes == null || volumes.stream().anyMatch(v -> v == null || v.partial())) {
      throw new MalformedException(
          what + " is no report of muster audit -o json: it has no volumes with verdicts", null);
    }
    return new Baseline(new HashSet<>(volumes), true);
  }

  /// Whether there is one at all.
  boolean given() {
    return given;
  }

  boolean knows(CoverageReport.Line line) {
    return known.contains(new Known(line.namespace(), line.name(), line.verdict(), line.reason()));
  }

  private record Earlier(@Nullable List<@Nullable Known> volumes) {}

  private record Known(
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String verdict,
      @Nullable String reason) {

    boolean partial() {
      return namespace == null || name == null || verdict == null || reason == null;
    }
  }
}
