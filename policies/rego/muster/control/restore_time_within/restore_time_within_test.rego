package muster.control.restore_time_within_test

import data.muster.control.restore_time_within

test_missing_facts_are_no_pass if {
	restore_time_within.said.status == "not-evaluated" with input as {}
}

test_quick_enough_passes if {
	restore_time_within.said.status == "pass" with input as {"drill": {"quick": true}}
}

test_too_slow_fails if {
	restore_time_within.said.status == "fail" with input as {"drill": {"quick": false}}
}

test_without_a_target_it_is_not_known if {
	said := restore_time_within.said with input as {"evidence": "read", "drill": {"in_time": false}}
	said.reason == "nothing says how long a restore may take"
}

test_without_a_drill_it_is_not_known if {
	restore_time_within.said.status == "not-evaluated" with input as {"evidence": "read", "drill": {}}
}
