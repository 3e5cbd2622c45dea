package muster.control.newest_point_within_test

import data.muster.control.newest_point_within

facts := {
	"volume": {"kind": "PersistentVolumeClaim"},
	"evidence": "read",
	"gap": false,
	"points": {"count": 1, "suspicious": 0, "newest_in_time": true},
	"parameters": {"newest_within": 86400},
}

late := object.union(facts, {"points": {"newest_in_time": false}})

none := object.union(object.remove(facts, ["points"]), {"points": {"count": 0, "suspicious": 0}})

test_missing_facts_are_no_pass if {
	newest_point_within.said.status == "not-evaluated" with input as {}
}

test_new_enough_passes if {
	newest_point_within.said.status == "pass" with input as facts
}

test_a_late_one_fails if {
	newest_point_within.said.status == "fail" with input as late
}

test_of_a_store_that_was_not_read_a_late_one_says_nothing if {
	newest_point_within.said.status == "not-evaluated" with input as object.union(late, {"evidence": "unread"})
}

test_none_fails if {
	newest_point_within.said.status == "fail" with input as none
}

test_only_suspicious_ones_fail if {
	newest_point_within.said.status == "fail" with input as object.union(none, {"points": {"suspicious": 2}})
}

test_in_a_gap_there_may_be_one if {
	newest_point_within.said.status == "not-evaluated" with input as object.union(none, {"gap": true})
}

test_before_deployment_there_can_be_none if {
	newest_point_within.said.status == "not-evaluated" with input as object.union(none, {"evidence": "ahead"})
}

test_of_a_claim_to_come_there_is_none if {
	newest_point_within.said.status == "not-applicable" with input as object.union(none, {"volume": {"kind": "template"}})
}
