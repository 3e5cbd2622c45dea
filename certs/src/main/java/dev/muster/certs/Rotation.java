package dev.muster.certs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// When certificates are replaced: each at two thirds of its life. A new authority is published
/// beside the old one for [#OVERLAP] before anything signed by it is served, and the old one stays
/// trusted until it expires.
public final class Rotation {
  /// How long both authorities are published before the switch: longer than any cache of a mounted
  /// file or a bundle.
  public static final Duration OVERLAP = Duration.ofHours(24);

  private Rotation() {}

  /// The first state: one authority and its first serving certificate.
  public static CertificateState begin(Collection<String> names, Instant now) {
    var authority = CertificateAuthority.create(now);
    return new CertificateState(
        authority,
        Optional.empty(),
        new TrustBundle(List.of(authority.certificate())),
        Optional.of(authority.issue(names, now)));
  }

  /// Decides for servers that must answer to `names`. Pure: the same input gives the same kind of
  /// answer, only fresh keys differ.
  public static RotationStep decide(
      Optional<CertificateState> kept, Collection<String> names, Instant now) {
    if (kept.isEmpty()) {
      return new RotationStep.Renew(begin(names, now), List.of("no certificates yet"));
    }
    var state = kept.get();
    if (!state.current().notAfter().isAfter(now)) {
      return new RotationStep.Renew(begin(names, now), List.of("authority has expired"));
    }
    var reasons = new ArrayList<String>();
    state = authorities(state, now, reasons);
    state = serving(state, names, now, reasons);
    return reasons.isEmpty()
        ? new RotationStep.Keep(state, lookAt(state, now))
        : new RotationStep.Renew(state, reasons);
  }

  private static CertificateState authorities(
      CertificateState state, Instant now, ArrayList<String> reasons) {
    var current = state.current();
    var next = state.next();
    if (next.isEmpty() && !now.isBefore(renewAt(current.notBefore(), current.notAfter()))) {
      next = Optional.of(CertificateAuthority.create(now));
      reasons.add("authority is at two thirds of its life: publish its successor beside it");
    } else if (next.isPresent() && !now.isBefore(switchAt(next.get()))) {
      current = next.get();
      next = Optional.empty();
      reasons.add("successor was published long enough: sign with it");
    }
    var trust = state.trust().with(current.certificate());
    if (next.isPresent()) {
      trust = trust.with(next.get().certificate());
    }
    trust = trust.withoutExpired(now);
    if (!Set.copyOf(trust.authorities()).equals(Set.copyOf(state.trust().authorities()))
        && reasons.isEmpty()) {
      reasons.add("trust bundle held an expired authority or lacked the current one");
    }
    return new CertificateState(current, next, trust, state.serving());
  }

  private static CertificateState serving(
      CertificateState state, Collection<String> names, Instant now, ArrayList<String> reasons) {
    var reason = whyReplace(state, names, now);
    if (reason.isEmpty()) {
      return state;
    }
    reasons.add(reason.get());
    return new CertificateState(
        state.current(),
        state.next(),
        state.trust(),
        Optional.of(state.current().issue(names, now)));
  }

  private static Optional<String> whyReplace(
      CertificateState state, Collection<String> names, Instant now) {
    if (state.serving().isEmpty()) {
      return Optional.of("no serving certificate yet");
    }
    var serving = state.serving().get();
    if (!new TrustBundle(List.of(state.current().certificate())).trusts(serving, now)) {
      return Optional.of("serving certificate is not valid under the current authority");
    }
    if (!serving.names().containsAll(names)) {
      return Optional.of("serving certificate lacks a name");
    }
    if (!now.isBefore(renewAt(serving.notBefore(), serving.notAfter()))) {
      return Optional.of("serving certificate is at two thirds of its life");
    }
    return Optional.empty();
  }

  private static Instant lookAt(CertificateState state, Instant now) {
    var authority =
        state
            .next()
            .map(Rotation::switchAt)
            .orElse(renewAt(state.current().notBefore(), state.current().notAfter()));
    var serving = state.serving().stream().map(each -> renewAt(each.notBefore(), each.notAfter()));
    var trust = state.trust().authorities().stream().map(each -> each.getNotAfter().toInstant());
    return Stream.of(Stream.of(authority), serving, trust)
        .flatMap(each -> each)
        .filter(each -> each.isAfter(now))
        .min(Instant::compareTo)
        .orElse(now);
  }

  private static Instant switchAt(CertificateAuthority next) {
    return next.notBefore().plus(CertificateAuthority.SKEW).plus(OVERLAP);
  }

  static Instant renewAt(Instant from, Instant until) {
    return from.plus(Duration.between(from, until).multipliedBy(2).dividedBy(3));
  }
}
