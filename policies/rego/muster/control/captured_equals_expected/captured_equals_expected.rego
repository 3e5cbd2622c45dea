# METADATA
# title: What was captured is what was expected
# description: |
#   The newest recovery point of Muster holds a complete stream of every database that the contract names, and is neither
#   empty nor far below the trend.
# custom:
#   severity: error
#   controls: [captured-equals-expected]
#   after: (of Muster)
#   parameters: []
#   evidence: |
#     The streams and sizes in Muster's newest manifest, and the databases of the contract.
#   unevaluated: |
#     Only other tools have points, no engine is recognised, or the contract asks for all databases, whose names only the server knows.
package muster.control.captured_equals_expected

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass("the newest recovery point holds all that was expected") if {
	input.points.complete == true
} else := ruling.fail("the newest recovery point lacks what was expected", "muster points shows what it holds: compare with muster.dev/databases") if {
	input.points.complete == false
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
} else := ruling.unevaluated("nothing says what the recovery point should hold", "name the databases with muster.dev/databases") if {
	input.points.count > 0
}
