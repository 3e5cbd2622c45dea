# METADATA
# title: Recovery points are as consistent as was asked
# description: |
#   The newest recovery point guarantees what the contract asks for: `application` is a moment that the engine vouches
#   for, by its hooks or by the snapshot of a dump; `crash` one as after a loss of power.
# custom:
#   severity: error
#   controls: [hooks-consistent]
#   after: (of Muster)
#   parameters: []
#   evidence: |
#     The guarantee in Muster's newest manifest, which the mover proved by a probe.
#   unevaluated: |
#     Only other tools have points: their objects do not say what their hooks achieved.
package muster.control.hooks_consistent

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass("the newest recovery point guarantees what the contract asks for") if {
	input.points.consistent == true
} else := ruling.fail("the newest recovery point guarantees less than the contract asks for", "muster points shows the warnings of the point; correct muster.dev/method, or lower muster.dev/consistency") if {
	input.points.consistent == false
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
} else := ruling.unevaluated("the objects of other tools do not say what their hooks achieved", "look at the hooks of that tool, or have Muster make the backups") if {
	input.points.count > 0
}
