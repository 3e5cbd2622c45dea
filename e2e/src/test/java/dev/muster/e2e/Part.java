package dev.muster.e2e;

/// Parts of the one installation, as names of locks: who relies on a part reads its lock, who stops
/// or changes it writes. JUnit takes several by their names: those that are waited for longest come
/// first, so that nobody waits while holding others.
final class Part {

  static final String NETWORK = "1-network";
  static final String DRILLS = "2-drills";
  static final String AUDITORS = "3-auditors";

  /// For those who look at what it has done: what it misses the auditors heal, and a [Backup] waits
  /// for that.
  static final String WEBHOOK = "4-webhook";

  private Part() {}
}
