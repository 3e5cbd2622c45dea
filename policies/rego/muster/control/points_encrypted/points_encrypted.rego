# METADATA
# title: Recovery points are encrypted
# description: |
#   Every recovery point is encrypted for a public key before it leaves the node.
# custom:
#   severity: error
#   controls: [points-encrypted]
#   after: Recovery points are encrypted
#   parameters: []
#   evidence: |
#     The recipients in Muster's manifests.
#   unevaluated: |
#     A point of another tool: its objects do not say whether it is encrypted.
package muster.control.points_encrypted

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass("every recovery point is encrypted") if {
	input.points.encrypted == true
	input.gap == false
} else := ruling.fail("a recovery point is not encrypted", "name recipients in muster.yaml, and remove the point once a newer one is there") if {
	input.points.encrypted == false
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
} else := ruling.unevaluated("the objects of other tools do not say whether their points are encrypted", "look at the settings of that tool") if {
	input.points.count > 0
}
