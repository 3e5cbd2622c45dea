package muster.control.points_encrypted_test

import data.muster.control.points_encrypted

test_missing_facts_are_no_pass if {
	points_encrypted.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	points_encrypted.said.status == "pass" with input as {"gap": false, "points": {"encrypted": true}}
}

test_while_something_may_hide_points_it_is_not_known if {
	points_encrypted.said.status == "not-evaluated" with input as {"evidence": "read", "gap": true, "points": {"encrypted": true, "count": 1, "suspicious": 0}}
}

test_it_fails if {
	points_encrypted.said.status == "fail" with input as {"points": {"encrypted": false}}
}

test_without_a_point_there_is_nothing_to_judge if {
	points_encrypted.said.status == "not-applicable" with input as {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
}

test_what_the_store_was_not_asked_for_is_not_known if {
	points_encrypted.said.status == "not-evaluated" with input as {"evidence": "unread", "gap": false, "points": {"count": 0, "suspicious": 0}}
}
