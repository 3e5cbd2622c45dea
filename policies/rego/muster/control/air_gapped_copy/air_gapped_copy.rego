# METADATA
# title: A copy is out of reach
# description: |
#   A copy of a recovery point is where nobody who has the cluster or its store can reach it: offline, or in a locked store of another account.
# custom:
#   severity: warning
#   controls: [air-gapped-copy]
#   after: Resources are in a logically air-gapped vault
#   parameters: []
#   evidence: |
#     Copies that are offline, or locked in another account.
#   unevaluated: |
#     Always, for now: nothing tells Muster of such a copy.
package muster.control.air_gapped_copy

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "nothing tells Muster of a copy that is out of reach",
	"next_step": "keep a list of offline copies, until Muster makes them",
}

said := ruling.pass("a copy is out of reach") if {
	input.copies.out_of_reach == true
} else := ruling.fail("no copy is out of reach", "make a copy offline, or in a locked store of another account") if {
	input.copies.out_of_reach == false
}
