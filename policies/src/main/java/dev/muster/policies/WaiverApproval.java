package dev.muster.policies;

import dev.muster.config.Configuration;
import dev.muster.model.Waiver;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which waivers the configuration accepts: `shop/cache-*` over namespace and name, for at most the
/// configured number of days.
public final class WaiverApproval {
  private final List<Pattern> patterns;
  private final int maxDays;

  public WaiverApproval(Configuration.Waivers waivers) {
    this.patterns = waivers.approved().stream().map(WaiverApproval::glob).toList();
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
        && patterns.stream().anyMatch(each -> each.matcher(subject).matches());
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
