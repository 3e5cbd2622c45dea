package dev.muster.auditor.reportobject;

import dev.muster.auditor.coverage.CoverageReport;
import dev.muster.repository.Digests;
import dev.muster.repository.Json;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// What the report object of one namespace says, within a budget. Pure.
///
/// @param digest the same for the same content
record Content(Summary summary, List<Result> results, String digest) {

  /// An API server refuses objects above 1.5 MB, and whoever watches reports holds all of them.
  private static final int MOST_BYTES = 400_000;

  private static final int MOST_RESULTS = 1_000;

  /// For the result that says how many were left out, and for the metadata.
  private static final int RESERVE = 2_000;

  Content {
    results = List.copyOf(results);
  }

  /// @param lines of one namespace, worst first
  static Content of(List<CoverageReport.Line> lines) {
    MessageDigest digest = Digests.newSha256();
    List<Result> results = fitting(lines, digest);
    int leftOut = lines.size() - results.size();
    if (leftOut > 0) {
      results.add(Result.leftOut(leftOut));
    }
    Summary summary = Summary.of(lines, leftOut > 0);
    digest.update(Json.encode(summary));
    return new Content(summary, results, Digests.hex(digest));
  }

  private static List<Result> fitting(List<CoverageReport.Line> lines, MessageDigest digest) {
    int most = lines.size() > MOST_RESULTS ? MOST_RESULTS - 1 : MOST_RESULTS;
    List<Result> fitting = new ArrayList<>();
    int bytes = RESERVE;
    for (CoverageReport.Line line : lines.subList(0, Math.min(most, lines.size()))) {
      Result result = Result.of(line);
      byte[] json = Json.encode(result);
      bytes += json.length + 1;
      if (bytes > MOST_BYTES) {
        break;
      }
      digest.update(json);
      fitting.add(result);
    }
    return fitting;
  }
}
