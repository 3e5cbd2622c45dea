package dev.muster.policies;

import dev.muster.config.Configuration;
import dev.muster.config.NamePattern;
import dev.muster.model.Waiver;
import java.time.LocalDate;
import java.util.List;

/// Which waivers the configuration accepts: `shop/cache-*` over namespace and name, for at most the
/// configured number of days.
public final class WaiverApproval {
  private final List<NamePattern> patterns;
  private final int maxDays;

  public WaiverApproval(Configuration.Waivers waivers) {
    this.patterns = waivers.approved().stream().map(NamePattern::new).toList();
    this.maxDays = waivers.maxDays();
  }

  /// Whether it holds today.
  public boolean covers(String namespace, String name, Waiver waiver, LocalDate today) {
    return !waiver.expired(today) && agrees(namespace, name, waiver, today);
  }

  /// Whether it may be said; it may have run out since.
  public boolean agrees(String namespace, String name, Waiver waiver, LocalDate today) {
    var subject = namespace + "/" + name;
    return !waiver.longerThan(maxDays, today)
        && patterns.stream().anyMatch(each -> each.matches(subject));
  }
}
