package muster.control.captured_equals_expected_test

import data.muster.control.captured_equals_expected

test_missing_facts_are_no_pass if {
	captured_equals_expected.said.status == "not-evaluated" with input as {}
}

test_it_passes if {
	captured_equals_expected.said.status == "pass" with input as {"points": {"complete": true}}
}

test_it_fails if {
	captured_equals_expected.said.status == "fail" with input as {"points": {"complete": false}}
}

test_without_a_point_there_is_nothing_to_judge if {
	captured_equals_expected.said.status == "not-applicable" with input as {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
}

test_what_the_store_was_not_asked_for_is_not_known if {
	captured_equals_expected.said.status == "not-evaluated" with input as {"evidence": "unread", "gap": false, "points": {"count": 0, "suspicious": 0}}
}
