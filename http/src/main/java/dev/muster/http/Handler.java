package dev.muster.http;

import java.time.Duration;
import java.util.Map;

/// Answers requests with plain blocking code.
///
/// Each call runs on a virtual thread of its own, which is interrupted when its deadline has passed
/// or its caller is gone. What is thrown becomes a 500 without detail, is logged and counted.
@FunctionalInterface
public interface Handler {
  Response handle(Request request) throws Exception;

  /// How long [#handle(Request)] may take, counted from the arrival of the request's head. The
  /// request given here has no body yet. Empty duration or more than the server's: the server's.
  default Duration deadline(Request request) {
    return Duration.ZERO;
  }

  /// The answer when the deadline has passed. Must be quick.
  default Response late(Request request) {
    return new Response(503, Map.of("Retry-After", "1"), new byte[0]);
  }

  /// The answer when the server holds as many bodies as it may. The request's body is cut to its
  /// first 4 KiB. Must be quick.
  default Response overloaded(Request request) {
    return new Response(503, Map.of("Retry-After", "1"), new byte[0]);
  }

  /// The label of this request in metrics: from a small fixed set, never from the request itself.
  default String label(Request request) {
    return "all";
  }
}
