package dev.muster.webhook.admission;

import dev.muster.config.Configuration;
import dev.muster.model.Waiver;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which waivers the configuration accepts: `shop/cache-*` over namespace and name, for at most the
/// configured number of days.
final class Approval {
  private final List<Pattern> patterns;
  private final int maxDays;

  Approval(Configuration.Waivers waivers) {
    this.patterns = waivers.approved().stream().map(Approval::glob).toList();
    this.maxDays = waivers.maxDays();
  }

  boolean covers(String namespace, String name, Waiver waiver, LocalDate today) {
    var subject = namespace + "/" + name;
    return !waiver.expired(today)
        && !waiver.longerThan(maxDays, today)
        && patterns.stream().anyMatch(each -> each.matcher(subject).matches());
  }

  private static Pattern glob(String text) {
    return Pattern.compile(
        Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
