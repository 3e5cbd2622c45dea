package muster.control.store_locked_test

import data.muster.control.store_locked

test_missing_facts_are_no_pass if {
	store_locked.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	store_locked.said.status == "pass" with input as {"store": {"locked": true}}
}

test_it_fails if {
	store_locked.said.status == "fail" with input as {"store": {"locked": false}}
}

test_without_a_point_there_is_nothing_to_judge if {
	store_locked.said.status == "not-applicable" with input as {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
}

test_what_the_store_was_not_asked_for_is_not_known if {
	store_locked.said.status == "not-evaluated" with input as {"evidence": "unread", "gap": false, "points": {"count": 0, "suspicious": 0}}
}
