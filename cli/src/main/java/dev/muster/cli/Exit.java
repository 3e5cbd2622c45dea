package dev.muster.cli;

/// Exit codes, as scripts may rely on them.
final class Exit {

  static final int OK = 0;

  /// It was tried and did not succeed, or the answer is no.
  static final int FAILED = 1;

  /// It was not tried: no cluster, no store, or something that was said makes no sense.
  static final int BAD_INPUT = 2;

  private Exit() {}
}
