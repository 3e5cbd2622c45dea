package dev.muster.cluster;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One leader of several replicas, by a Lease.
///
/// `held` is true only while this replica's own monotonic clock says that nobody else can have
/// taken the Lease: a process that was stopped and wakes up is no leader before it has asked.
/// Others are judged by how long *we* have seen their renewal unchanged, never by their clock. It
/// cannot fence a write that is already on its way; sealing needs no fence for that reason.
public final class Leadership {

  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  private final Cluster cluster;
  private final ObjectName name;
  private final String identity;
  private final Duration duration;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private @Nullable Long renewedAt;
  private long term;
  private @Nullable String seenVersion;
  private long seenAt;

  public Leadership(
      Cluster cluster,
      ObjectName name,
      String identity,
      Duration duration,
      InstantSource clock,
      LongSupplier nanos) {
    this.cluster = cluster;
    this.name = name;
    this.identity = identity;
    this.duration = duration;
    this.clock = clock;
    this.nanos = nanos;
  }

  /// Whether this replica is the leader, with a third of the Lease as safety margin.
  public synchronized boolean held() {
    return renewedAt != null && nanos.getAsLong() - renewedAt < duration.toNanos() * 2 / 3;
  }

  /// The number of the leadership that is held, 0 without one. It changes wherever somebody else
  /// may have led in between: what an earlier one knew may be out of date, and what it began must
  /// end.
  public synchronized long term() {
    return held() ? term : 0;
  }

  /// Acquires or renews: to be called every few seconds, at least four times per Lease. Returns
  /// `held` after it. An API server that does not answer costs the leadership in time.
  public boolean attend() {
    try {
      step();
    } catch (ClusterException.Conflict e) {
      surrender();
    } catch (ClusterException e) {
      log.warn("cannot renew Lease {}: {}", name, e.getMessage());
    }
    return held();
  }

  /// Gives the Lease back so that another replica need not wait for its end.
  public void resign() {
    boolean mine = held();
    surrender();
    if (!mine) {
      return;
    }
    try {
      Optional<Lease> lease = cluster.find(Lease.class, name);
      if (lease.isPresent() && identity.equals(lease.get().getSpec().getHolderIdentity())) {
        lease.get().getSpec().setHolderIdentity("");
        cluster.replace(lease.get());
      }
    } catch (ClusterException e) {
      log.info("Lease {} runs out by itself: {}", name, e.getMessage());
    }
  }

  private void step() {
    long asked = nanos.getAsLong();
    Optional<Lease> found = cluster.find(Lease.class, name);
    if (found.isEmpty()) {
      cluster.create(fresh());
      renewed(asked);
      return;
    }
    Lease lease = found.get();
    if (!mayTake(lease)) {
      surrender();
      return;
    }
    boolean mine = identity.equals(lease.getSpec().getHolderIdentity());
    write(lease.getSpec(), mine);
    cluster.replace(lease);
    renewed(asked);
  }

  private synchronized boolean mayTake(Lease lease) {
    String holder = lease.getSpec().getHolderIdentity();
    if (holder == null || holder.isEmpty() || holder.equals(identity)) {
      return true;
    }
    String version = lease.getMetadata().getResourceVersion();
    if (!Objects.equals(version, seenVersion)) {
      seenVersion = version;
      seenAt = nanos.getAsLong();
      return false;
    }
    Integer seconds = lease.getSpec().getLeaseDurationSeconds();
    Duration theirs = seconds == null ? duration : Duration.ofSeconds(seconds);
    return nanos.getAsLong() - seenAt > theirs.toNanos();
  }

  private Lease fresh() {
    LeaseSpec spec = new LeaseSpec();
    write(spec, false);
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace(name.namespace())
        .withName(name.name())
        .withOwnerReferences(Owner.find(cluster, Deployment.class, name)) // called like its Lease
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private void write(LeaseSpec spec, boolean mine) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    if (!mine) {
      int before = spec.getLeaseTransitions() == null ? -1 : spec.getLeaseTransitions();
      spec.setLeaseTransitions(before + 1);
      spec.setAcquireTime(now);
    }
    spec.setHolderIdentity(identity);
    spec.setLeaseDurationSeconds((int) duration.toSeconds());
    spec.setRenewTime(now);
  }

  /// Counted from before the call: the Lease cannot have started earlier.
  private synchronized void renewed(long asked) {
    if (!held()) {
      term++;
    }
    renewedAt = asked;
  }

  private synchronized void surrender() {
    renewedAt = null;
  }

  @Override
  public String toString() {
    return "Lease " + name + " as " + identity + (held() ? " (held)" : "");
  }
}
