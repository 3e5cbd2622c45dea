package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.auditor.contract.Workload;
import dev.muster.config.Configuration;
import dev.muster.model.Contract;
import dev.muster.model.VolumeRef;
import dev.muster.model.Waiver;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A waiver as the policy sees it: how many days are left, and whether the configuration agrees.
final class WaiverFacts {

  private final List<Pattern> approved;
  private final int maxDays;

  WaiverFacts(Configuration.Waivers waivers) {
    this.approved = waivers.approved().stream().map(WaiverFacts::pattern).toList();
    this.maxDays = waivers.maxDays();
  }

  /// A pattern may mean the volume, or the workload that has it.
  JsonNode of(Contract contract, VolumeRef volume, Optional<Workload> workload, LocalDate today) {
    if (contract.waiver().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    Waiver waiver = contract.waiver().get();
    String subject = volume.namespace() + "/" + volume.name();
    String owner = volume.namespace() + "/" + workload.map(w -> w.ref().name()).orElse("");
    boolean agreed =
        !waiver.longerThan(maxDays, today)
            && approved.stream()
                .anyMatch(pattern ->
                    pattern.matcher(subject).matches() || pattern.matcher(owner).matches());
    return JsonNodeFactory.instance
        .objectNode()
        .put("owner", waiver.owner())
        .put("days_left", ChronoUnit.DAYS.between(today, waiver.until()))
        .put("approved", agreed);
  }

  private static Pattern pattern(String glob) {
    return Pattern.compile(
        Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
