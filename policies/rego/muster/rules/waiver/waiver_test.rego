package muster.rules.waiver_test

import data.muster.rules.waiver

asked(level, days, approved) := {
	"level": level,
	"kind": "StatefulSet",
	"contract": {"protect": false},
	"waiver": {"owner": "ops", "days_left": days, "approved": approved},
}

rules(findings) := {f.rule | some f in findings}

test_an_approved_waiver_is_silent_on_its_last_day if {
	waiver.warn == set() with input as asked("enforce", 0, true)
	waiver.deny == set() with input as asked("enforce", 0, true)
}

test_an_expired_waiver_is_a_finding if {
	found := waiver.deny with input as asked("enforce", -1, true)
	rules(found) == {"waiver-expired"}
}

test_an_unapproved_waiver_is_a_finding if {
	found := waiver.warn with input as asked("warn", 3, false)
	rules(found) == {"waiver-unapproved"}
	waiver.deny == set() with input as asked("warn", 3, false)
}
