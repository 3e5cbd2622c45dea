# METADATA
# title: A copy goes to another region
# description: |
#   The plan makes a copy of every recovery point in a store of another region.
# custom:
#   severity: warning
#   controls: [copy-in-another-region]
#   after: Cross-Region backup copy is scheduled
#   parameters: []
#   evidence: |
#     Copies that Muster made and read back, by the regions of their stores.
#   unevaluated: |
#     Always, for now: Muster makes no copies, and cannot see those that a store makes by itself.
package muster.control.copy_in_another_region

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "Muster makes no copies yet, and does not see those that a store makes by itself",
	"next_step": "look at the replication of the bucket",
}

said := ruling.pass("a copy goes to another region") if {
	input.copies.other_region == true
} else := ruling.fail("no copy goes to another region", "name a store of another region in muster.dev/stores") if {
	input.copies.other_region == false
}
