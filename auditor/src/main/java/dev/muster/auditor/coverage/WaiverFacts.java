package dev.muster.auditor.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.auditor.contract.Workload;
import dev.muster.config.Configuration;
import dev.muster.model.Contract;
import dev.muster.model.VolumeRef;
import dev.muster.model.Waiver;
import dev.muster.policies.WaiverApproval;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A waiver as the policy sees it: how many days are left, and whether the configuration agrees.
final class WaiverFacts {

  private final WaiverApproval approval;

  WaiverFacts(Configuration.Waivers waivers) {
    this.approval = new WaiverApproval(waivers);
  }

  /// A pattern may mean the volume, or the workload that has it.
  JsonNode of(Contract contract, VolumeRef volume, Optional<Workload> workload, LocalDate today) {
    if (contract.waiver().isEmpty()) {
      return JsonNodeFactory.instance.nullNode();
    }
    Waiver waiver = contract.waiver().get();
    boolean agreed =
        approval.agrees(volume.namespace(), volume.name(), waiver, today)
            || workload
                .filter(w -> approval.agrees(volume.namespace(), w.ref().name(), waiver, today))
                .isPresent();
    return JsonNodeFactory.instance
        .objectNode()
        .put("owner", waiver.owner())
        .put("days_left", ChronoUnit.DAYS.between(today, waiver.until()))
        .put("approved", agreed);
  }
}
