package dev.muster.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;

/// Parts of the one installation, as names of locks: who relies on a part reads its lock, who stops
/// or changes it writes. JUnit takes several by their names: those that are waited for longest come
/// first, so that nobody waits while holding others.
final class Part {

  static final String NETWORK = "1-network";
  static final String DRILLS = "2-drills";
  static final String AUDITORS = "3-auditors";
  static final String WEBHOOK = "4-webhook";

  private Part() {}

  /// Each test of the class looks at what the webhook has done. Others need it not: what it misses
  /// the auditors heal, and a [Backup] waits for that.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @ResourceLock(
      value = WEBHOOK,
      mode = ResourceAccessMode.READ,
      target = ResourceLockTarget.CHILDREN)
  @interface NeedsWebhook {}

  /// Each test of the class needs the auditors as they are.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @ResourceLock(
      value = AUDITORS,
      mode = ResourceAccessMode.READ,
      target = ResourceLockTarget.CHILDREN)
  @interface NeedsAuditors {}

  /// Each test of the class needs the drill server as it is.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @ResourceLock(
      value = DRILLS,
      mode = ResourceAccessMode.READ,
      target = ResourceLockTarget.CHILDREN)
  @interface NeedsDrills {}

  /// Each test of the class needs a network that enforces policies.
  @Target(ElementType.TYPE)
  @Retention(RetentionPolicy.RUNTIME)
  @ResourceLock(
      value = NETWORK,
      mode = ResourceAccessMode.READ,
      target = ResourceLockTarget.CHILDREN)
  @interface NeedsNetwork {}
}
