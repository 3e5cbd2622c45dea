package dev.muster.repository.s3;

import java.time.Duration;

/// How long one request may take.
///
/// @param connect until the connection stands
/// @param silence until the next byte comes
/// @param whole until the answer is there, with its body where that is small
record S3Limits(Duration connect, Duration silence, Duration whole) {

  /// For what a store answers at once: listings, heads, manifests, the journal.
  static final S3Limits SMALL =
      new S3Limits(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(12));

  /// For data, and for putting the parts of an upload together.
  static final S3Limits DATA =
      new S3Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(120));
}
