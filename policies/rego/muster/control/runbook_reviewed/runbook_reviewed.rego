# METADATA
# title: The runbook was reviewed
# description: |
#   A person has read the recovery runbook and said so, not too long ago.
# custom:
#   severity: info
#   controls: [runbook-reviewed]
#   after: (of Muster)
#   parameters: []
#   evidence: |
#     A signed word of who read the runbook, and when.
#   unevaluated: |
#     Always, for now: Muster writes no runbooks and keeps no reviews.
package muster.control.runbook_reviewed

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "Muster keeps no reviews of runbooks yet",
	"next_step": "review the runbook, and keep the date where your team keeps such dates",
}

said := ruling.pass("the runbook was reviewed") if {
	input.runbook.reviewed == true
} else := ruling.fail("the runbook was not reviewed in time", "read the runbook, correct it, and say so") if {
	input.runbook.reviewed == false
}
