package muster.control.point_retention_test

import data.muster.control.point_retention

test_missing_facts_are_no_pass if {
	point_retention.said.status == "not-evaluated" with input as {}
}

test_long_enough_passes if {
	point_retention.said.status == "pass" with input as {"points": {"retention": 3024000}, "parameters": {"point_retention": 3024000}}
}

test_without_a_point_there_is_nothing_to_judge if {
	point_retention.said.status == "not-applicable" with input as {"evidence": "read", "gap": false, "points": {"count": 0, "suspicious": 0}}
}

test_of_another_tool_it_is_not_known if {
	point_retention.said.status == "not-evaluated" with input as {"evidence": "read", "gap": false, "points": {"count": 2, "suspicious": 0}, "parameters": {"point_retention": 3024000}}
}

test_what_is_short_is_told if {
	said := point_retention.said with input as {"points": {"retention": 864000}, "parameters": {"point_retention": 3024000}}
	said.status == "fail"
	said.reason == "the retention of the newest recovery point reaches back 10d, and 35d are demanded"
}
