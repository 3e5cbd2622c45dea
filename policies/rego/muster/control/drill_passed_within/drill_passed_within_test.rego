package muster.control.drill_passed_within_test

import data.muster.control.drill_passed_within

facts := {
	"volume": {"kind": "PersistentVolumeClaim"},
	"evidence": "read",
	"gap": false,
	"points": {"count": 1, "mine": 1, "suspicious": 0},
	"drill": {"in_time": true},
	"parameters": {"drill_within": 2592000},
}

undrilled := object.remove(facts, ["drill"])

none := object.union(undrilled, {"points": {"count": 0, "mine": 0}})

test_missing_facts_are_no_pass if {
	drill_passed_within.said.status == "not-evaluated" with input as {}
}

test_a_drill_in_time_passes if {
	drill_passed_within.said.status == "pass" with input as facts
}

test_too_long_ago_fails if {
	drill_passed_within.said.status == "fail" with input as object.union(facts, {"drill": {"in_time": false}})
}

test_without_a_drill_it_fails if {
	drill_passed_within.said.status == "fail" with input as undrilled
}

test_points_of_others_are_not_drilled if {
	drill_passed_within.said.status == "not-evaluated" with input as object.union(undrilled, {"points": {"mine": 0}})
}

test_without_a_point_it_fails if {
	drill_passed_within.said.status == "fail" with input as none
}

test_in_a_gap_there_may_be_a_point if {
	drill_passed_within.said.status == "not-evaluated" with input as object.union(none, {"gap": true})
}

test_what_was_not_read_is_not_known if {
	drill_passed_within.said.status == "not-evaluated" with input as object.union(undrilled, {"evidence": "unread"})
}

test_before_deployment_there_can_be_none if {
	drill_passed_within.said.status == "not-evaluated" with input as object.union(undrilled, {"evidence": "ahead"})
}

test_of_a_claim_to_come_there_is_none if {
	drill_passed_within.said.status == "not-applicable" with input as object.union(none, {"volume": {"kind": "template"}})
}
