package muster.rules.opt_out_test

import data.muster.rules.opt_out
import data.muster.rules.waiver

asked(level, waiver) := {
	"level": level,
	"kind": "StatefulSet",
	"contract": {"protect": false},
	"waiver": waiver,
}

finding := {"rule": "opt-out", "message": opt_out.message}

test_warns_without_a_waiver if {
	opt_out.warn == {finding} with input as asked("warn", null)
	opt_out.deny == set() with input as asked("warn", null)
}

test_denies_without_a_waiver_when_enforced if {
	opt_out.deny == {object.union(finding, {"keys": waiver.keys})} with input as asked("enforce", null)
}

test_a_waiver_is_enough if {
	opt_out.warn == set() with input as asked("enforce", {"owner": "ops", "days_left": 1, "approved": true})
}

test_protection_needs_none if {
	opt_out.warn == set() with input as {"kind": "StatefulSet", "contract": {"protect": null}, "waiver": null}
}
