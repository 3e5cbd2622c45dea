package dev.muster.auditor.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the policy `muster/audit` is asked: `docs/reference/audit-policy.md`. It names no object
/// and no time, so that one answer serves all volumes that are alike.
///
/// @param readable whether everything needed was read
/// @param gap whether something of other tools, or of the cluster, was not
/// @param operator the kind of owner that looks after the workload by itself; empty for none
/// @param intents tools that name the volume
/// @param provider of a database outside of the cluster that an operator's object tells of
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VerdictFacts(
    Volume volume,
    boolean readable,
    boolean gap,
    Contract contract,
    @Nullable Waiver waiver,
    Engine engine,
    String operator,
    List<String> intents,
    Points points,
    @Nullable Attempt lastAttempt,
    @Nullable Provider provider) {

  public VerdictFacts {
    intents = List.copyOf(intents);
  }

  /// @param kind as in `CoverageReport.Line`
  /// @param outside of the cluster
  /// @param phase of a PersistentVolume without a claim
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Volume(String kind, boolean outside, @Nullable String phase) {}

  /// @param protect absent where nobody said anything
  /// @param excluded named in `exclude-volumes`
  /// @param enrolled whether Muster would run backups of it
  /// @param possible whether some method can capture it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Contract(
      boolean valid,
      @Nullable Boolean protect,
      boolean excluded,
      boolean enrolled,
      boolean possible) {}

  /// @param daysLeft negative once it has run out
  public record Waiver(long daysLeft, boolean approved) {}

  /// @param name also where no profile knows it; empty for none
  /// @param dataDirectory whether its data directory is on this volume
  public record Engine(String name, boolean dataDirectory) {}

  /// @param count without suspicious ones
  /// @param older whether other tools have some from before the claim was made, which do not count
  /// @param late whether the newest is older than the promise; absent without either
  /// @param newestVerified whether the newest of Muster is in time and was read back
  /// @param provenInTime whether a drill passed within its promise and the newest of Muster is in
  ///   time; absent without either
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Points(
      int count,
      int suspicious,
      boolean older,
      @Nullable Boolean late,
      boolean newestVerified,
      @Nullable Boolean provenInTime) {}

  /// The last attempt that is known.
  ///
  /// @param tool whose it was, if not Muster's own
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Attempt(boolean failed, @Nullable String tool) {}

  /// @param state `present`, `failed` or `leaving`
  /// @param backups whether it is told to make some; absent where nothing says
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Provider(String state, @Nullable Boolean backups) {}
}
