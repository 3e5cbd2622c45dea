# METADATA
# title: A drill has passed
# description: |
#   A drill has restored a recovery point of the volume and found all data as the manifest states, at most `within` ago.
# custom:
#   severity: error
#   controls: [drill-passed-within]
#   after: (of Muster)
#   parameters: [within]
#   evidence: |
#     The signed evidence of drills.
#   unevaluated: |
#     The store was not read, nothing is deployed yet, or all points are of other tools, which no drill restores.
package muster.control.drill_passed_within

import data.muster.ruling
import data.muster.span

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass(concat("", ["a drill has passed within ", demanded])) if {
	input.drill.in_time == true
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("the claim is still to come") if {
	input.volume.kind == "template"
} else := ruling.fail(concat("", ["the last drill passed longer than ", demanded, " ago"]), "run a drill: muster drill") if {
	input.drill.in_time == false
} else := ruling.fail("no drill has restored a recovery point", "run a drill: muster drill") if {
	input.points.mine > 0
} else := ruling.unevaluated("the recovery points are of other tools, which no drill restores", "restore one by hand, or have Muster make the backups") if {
	input.points.count > 0
} else := ruling.fail("there is no recovery point that a drill could restore", "have the volume backed up first") if {
	ruling.no_points
}

demanded := span.text(input.parameters.drill_within)
