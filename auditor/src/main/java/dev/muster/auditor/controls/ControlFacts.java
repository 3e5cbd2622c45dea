package dev.muster.auditor.controls;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.auditor.coverage.VerdictFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the policy `muster/controls` is asked: `docs/reference/controls-policy.md`. It names no
/// object and no moment, so that one answer serves all volumes that are alike. Spans are seconds;
/// what is absent is not known.
///
/// @param evidence `read`, `unread` or `ahead`
@JsonInclude(JsonInclude.Include.NON_NULL)
record ControlFacts(
    VerdictFacts.Volume volume,
    String evidence,
    boolean gap,
    VerdictFacts.Contract contract,
    @Nullable Waiver waiver,
    VerdictFacts.Engine engine,
    String operator,
    List<String> intents,
    Plan plan,
    Points points,
    Drill drill,
    Parameters parameters) {

  ControlFacts {
    intents = List.copyOf(intents);
  }

  record Waiver(boolean expired, boolean approved) {}

  /// @param slotsApart the longest time between two; absent where none comes
  /// @param runs whether backups are run at all; absent where the configuration that was read has
  ///   nothing to run them with, and another may
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Plan(@Nullable Long slotsApart, @Nullable Long retention, @Nullable Boolean runs) {}

  /// @param count good ones of Muster and of other tools
  /// @param mine good ones of Muster
  /// @param encrypted whether all are, and
  /// @param retention of the plan that Muster's newest was made under
  /// @param consistent whether Muster's newest guarantees what the contract asks for
  /// @param complete whether Muster's newest holds all that it should
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Points(
      int count,
      int mine,
      int suspicious,
      @Nullable Boolean newestInTime,
      @Nullable Boolean encrypted,
      @Nullable Long retention,
      @Nullable Boolean consistent,
      @Nullable Boolean complete) {}

  /// Of the last drill that passed.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Drill(@Nullable Boolean inTime, @Nullable Boolean quick) {}

  /// What is demanded.
  record Parameters(
      long frequency, long retention, long pointRetention, long newestWithin, long drillWithin) {}
}
