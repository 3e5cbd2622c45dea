package dev.muster.auditor.report;

import dev.muster.cluster.Access;
import dev.muster.cluster.Caller;
import dev.muster.cluster.Cluster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Whose claims callers may list, as the server said a moment ago: in a cluster of a thousand
/// namespaces each report would ask it a thousand times. Safe for many threads.
final class KnownAccess {
  /// So long may somebody see what is no longer allowed.
  static final Duration KEPT = Duration.ofSeconds(30);

  /// Whoever may make tokens can be any number of callers.
  static final int CALLERS = 100;

  private final Cluster cluster;
  private final LongSupplier nanos;
  private final Map<Caller, Rights> known = new LinkedHashMap<>();

  /// @param nanos the clock of this process
  KnownAccess(Cluster cluster, LongSupplier nanos) {
    this.cluster = cluster;
    this.nanos = nanos;
  }

  /// A caller is all that the server judges by; groups, or the token, may make another one of it.
  synchronized Rights of(Caller caller) {
    long now = nanos.getAsLong();
    known.values().removeIf(rights -> now - rights.since >= KEPT.toNanos());
    Rights before = known.get(caller);
    if (before != null) {
      return before;
    }
    if (known.size() >= CALLERS) {
      known.remove(known.keySet().iterator().next());
    }
    Rights rights = new Rights(caller, now);
    known.put(caller, rights);
    return rights;
  }

  /// Of one caller. What the server does not answer is thrown and not remembered.
  final class Rights {
    private static final String ALL = "";

    private final Caller caller;
    private final long since;
    private final Map<String, Boolean> answers = new ConcurrentHashMap<>();

    private Rights(Caller caller, long since) {
      this.caller = caller;
      this.since = since;
    }

    boolean all() {
      return may(ALL);
    }

    /// An empty one is none: volumes that belong to no namespace are for those who see all.
    boolean in(String namespace) {
      return !namespace.equals(ALL) && may(namespace);
    }

    private boolean may(String namespace) {
      Boolean before = answers.get(namespace);
      if (before != null) {
        return before;
      }
      boolean may =
          cluster.mayDo(
              caller,
              new Access(
                  "list",
                  "",
                  "persistentvolumeclaims",
                  namespace.equals(ALL) ? null : namespace,
                  null));
      answers.put(namespace, may);
      return may;
    }
  }
}
