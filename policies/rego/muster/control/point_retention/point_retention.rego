# METADATA
# title: The retention of recovery points is long enough
# description: |
#   The retention that the newest recovery point was made under reaches back at least `retention`, counted as for the plan.
#   A plan may have changed since; Muster removes nothing yet, so nothing is gone before its time.
# custom:
#   severity: warning
#   controls: [point-retention]
#   after: Minimum retention established for recovery point
#   parameters: [retention]
#   evidence: |
#     The retention in Muster's newest manifest.
#   unevaluated: |
#     The newest point is of another tool, whose objects do not say how long it is kept in a way that can be compared.
package muster.control.point_retention

import data.muster.ruling
import data.muster.span

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass("the newest recovery point is kept as long as demanded") if {
	input.points.retention >= input.parameters.point_retention
} else := ruling.fail(short, "choose a plan that keeps longer, or set muster.dev/retention; the next point has it") if {
	input.points.retention < input.parameters.point_retention
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("there is no recovery point") if {
	ruling.no_points
} else := ruling.unevaluated("nothing says how long the newest recovery point is kept", "look at the retention of the tool that made it") if {
	input.points.count > 0
}

short := concat("", [
	"the retention of the newest recovery point reaches back ",
	span.text(input.points.retention),
	", and ",
	span.text(input.parameters.point_retention),
	" are demanded",
])
