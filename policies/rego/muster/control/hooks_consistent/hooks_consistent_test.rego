package muster.control.hooks_consistent_test

import data.muster.control.hooks_consistent

test_missing_facts_are_no_pass if {
	hooks_consistent.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	hooks_consistent.said.status == "pass" with input as {"points": {"consistent": true}}
}

test_it_fails if {
	hooks_consistent.said.status == "fail" with input as {"points": {"consistent": false}}
}

test_without_a_point_there_is_nothing_to_judge if {
	hooks_consistent.said.status == "not-applicable" with input as {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
}

test_what_the_store_was_not_asked_for_is_not_known if {
	hooks_consistent.said.status == "not-evaluated" with input as {"evidence": "unread", "gap": false, "points": {"count": 0, "suspicious": 0}}
}
