# METADATA
# title: The newest recovery point is new enough
# description: |
#   A recovery point of any tool is at most `within` old; points that are empty or far below the trend do not count.
# custom:
#   severity: error
#   controls: [newest-point-within]
#   after: Last recovery point was created
#   parameters: [within]
#   evidence: |
#     Recovery points of Muster and of the other tools that are read.
#   unevaluated: |
#     The store or the objects of another tool were not read, so that a newer point may exist; or nothing is deployed yet.
package muster.control.newest_point_within

import data.muster.ruling
import data.muster.span

default said := {
	"status": "not-evaluated",
	"reason": "the recovery points were not read",
	"next_step": "the log names what could not be read: check the store, its credential, and rights",
}

said := ruling.pass(concat("", ["the newest recovery point is at most ", demanded, " old"])) if {
	input.points.newest_in_time == true
} else := ruling.unread if {
	ruling.unread
} else := ruling.inapplicable("the claim is still to come") if {
	input.volume.kind == "template"
} else := ruling.fail(concat("", ["the newest recovery point is older than ", demanded]), "see why no run was due or started: kubectl describe the workload") if {
	input.points.newest_in_time == false
} else := ruling.fail("every recovery point is empty or far below the trend", "see why the recovery points are empty") if {
	input.points.count == 0
	input.points.suspicious > 0
	input.gap == false
} else := ruling.fail("there is no recovery point", "run muster backup, or see why the tool that protects it has made none") if {
	ruling.no_points
}

demanded := span.text(input.parameters.newest_within)
