package dev.muster.e2e;

/// Parts of the one installation, as names of locks: who relies on a part reads its lock, who stops
/// or changes it writes.
final class Part {

  static final String WEBHOOK = "webhook";
  static final String AUDITORS = "auditors";
  static final String DRILLS = "drills";
  static final String NETWORK = "network";

  private Part() {}
}
