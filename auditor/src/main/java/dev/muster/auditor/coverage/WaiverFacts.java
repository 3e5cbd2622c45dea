package dev.muster.auditor.coverage;

import dev.muster.config.Configuration;
import dev.muster.model.Contract;
import dev.muster.model.Waiver;
import dev.muster.policies.WaiverApproval;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A waiver as the policy sees it: how many days are left, and whether the configuration agrees.
final class WaiverFacts {

  private final WaiverApproval approval;

  WaiverFacts(Configuration.Waivers waivers) {
    this.approval = new WaiverApproval(waivers);
  }

  /// A pattern may mean the volume, or the workload that has it.
  VerdictFacts.@Nullable Waiver of(Contract contract, Subject subject, LocalDate today) {
    if (contract.waiver().isEmpty()) {
      return null;
    }
    Waiver waiver = contract.waiver().get();
    String namespace = subject.volume().namespace();
    boolean agreed =
        approval.agrees(namespace, subject.volume().name(), waiver, today)
            || subject
                .use()
                .map(use -> use.workload().metadata().name())
                .filter(workload -> approval.agrees(namespace, workload, waiver, today))
                .isPresent();
    return new VerdictFacts.Waiver(ChronoUnit.DAYS.between(today, waiver.until()), agreed);
  }
}
