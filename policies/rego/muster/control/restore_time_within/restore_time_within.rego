# METADATA
# title: A restore is quick enough
# description: |
#   The last drill that restored the volume took at most `within`, from nothing to an engine that answers with the data in it. Without the parameter: at most the `rto` of the contract.
# custom:
#   severity: error
#   controls: [restore-time-within]
#   after: Restore time for resources meet target
#   parameters: [within]
#   evidence: |
#     The time of recovery in the signed evidence of the last drill that passed.
#   unevaluated: |
#     No drill has passed, the contract has no `rto` and no parameter is set, or the points are of other tools.
package muster.control.restore_time_within

import data.muster.ruling

default said := {
	"status": "not-evaluated",
	"reason": "no drill has measured a restore",
	"next_step": "run a drill: muster drill",
}

said := ruling.pass("the last drill restored it in time") if {
	input.drill.quick == true
} else := ruling.fail("the last drill restored it too slowly", "muster points shows the drill; give it more resources, or promise less") if {
	input.drill.quick == false
} else := ruling.unread if {
	ruling.unread
} else := ruling.unevaluated("nothing says how long a restore may take", "set controls.restore-time-within.within in muster.yaml, or muster.dev/rto") if {
	is_boolean(input.drill.in_time)
}
